package io.leat.cli.demo;

import java.util.List;

/**
 * A series of numbers.
 *
 * @param base the middle of its values, in hundredths
 */
record Indicator(String id, String label, String description, int base, int magnitude) {
    static final List<Indicator> WELLBEING = List.of(
            new Indicator("WB.SCHL", "Years at school", "Mean of adults,\nby the last census", 820, 0),
            new Indicator("WB.LIFE", "Life expectancy", "Years at birth", 7120, 0),
            new Indicator("WB.WATR", "Safe water", "Share of households with water\nthat is safe to drink", 8300, 0),
            new Indicator("WB.DOCT", "Doctors", "For each 1,000 people", 210, 0),
            new Indicator("WB.HAPP", "Contentment", "Asked as: \"how content are you, from 0 to 10?\"", 560, 0),
            new Indicator("WB.PARK", "Parks", "Square metres for each person", 1900, 0),
            new Indicator("WB.POPN", "Population", "In thousands", 940_000, 3),
            new Indicator("WB.READ", "Literacy", "Share of adults", 8900, 0));

    static final List<Indicator> COMMERCE = List.of(
            new Indicator("CM.EXPT", "Exports", "Goods and services;\nmillions", 41_000, 6),
            new Indicator("CM.IMPT", "Imports", "Goods and services;\nmillions", 43_000, 6),
            new Indicator("CM.BRED", "Price of bread", "One kilogram", 260, 0),
            new Indicator("CM.RENT", "Price of a room", "Rent of a month", 31_000, 0),
            new Indicator("CM.SHIP", "Ships", "Calls at ports, in thousands", 1200, 3),
            new Indicator("CM.JOBS", "Jobs", "In thousands", 350_000, 3));

    static final List<Indicator> CLIMATE = List.of(
            new Indicator("CL.TEMP", "Temperature", "Mean of the year", 1430, 0),
            new Indicator("CL.RAIN", "Rain", "Millimetres\nin the year", 98_000, 0),
            new Indicator("CL.SUNS", "Sunshine", "Hours in the year", 210_000, 0),
            new Indicator("CL.FRST", "Days of frost", "Days below zero", 3100, 0));
}
