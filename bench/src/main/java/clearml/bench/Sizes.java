package clearml.bench;

/**
 * How much the reading cases prepare.
 *
 * @param points of each of the 50 series of a task
 * @param lines of a log
 * @param plots of 100 kB
 */
record Sizes(int points, int lines, int plots) {}
