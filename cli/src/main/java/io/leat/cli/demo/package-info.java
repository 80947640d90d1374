/**
 * The demo project: a folder with configuration that a person could have written, and data that are as untidy as real ones.
 *
 * <p>{@link io.leat.cli.demo.DemoProject} writes it. All data come from one seed: the same seed gives the same bytes. Beside the
 * data it writes a manifest of every defect with the fate that the row must meet, and the totals that a run must arrive at.
 */
@NullMarked
package io.leat.cli.demo;

import org.jspecify.annotations.NullMarked;
