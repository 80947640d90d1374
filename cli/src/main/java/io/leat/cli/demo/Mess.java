package io.leat.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Puts odd records between ordinary ones, at places that the seed decides. */
final class Mess {
    private Mess() {}

    /** Every odd record comes somewhere after the first of the ordinary ones; the order of the odd ones stays. */
    static List<Entry> scatter(List<Entry> ordinary, List<Entry> odd, Random random) {
        var places = random.ints(odd.size(), 1, ordinary.size() + 1).sorted().toArray();
        var all = new ArrayList<Entry>(ordinary.size() + odd.size());
        int next = 0;
        for (int i = 0; i <= ordinary.size(); i++) {
            while (next < places.length && places[next] == i) {
                all.add(odd.get(next));
                next++;
            }
            if (i < ordinary.size()) {
                all.add(ordinary.get(i));
            }
        }
        return all;
    }
}
