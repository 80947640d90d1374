package io.leat.bench;

/** {@code leat --help} against a JVM that does nothing. */
final class StartUp implements Benchmark {
    @Override
    public String about() {
        return "leat --help, against a JVM that does nothing; aim: 0.3 s";
    }

    @Override
    public void prepare(Place place) {}

    @Override
    public Command leat(Place place) {
        return place.leat(place.folder(), "--help");
    }

    @Override
    public Command plain(Place place) {
        return place.program(place.folder(), Nothing.class);
    }

    @Override
    public String compare(Place place) {
        return "nothing";
    }

    /** The least program. */
    static final class Nothing {
        private Nothing() {}

        public static void main(String[] arguments) {}
    }
}
