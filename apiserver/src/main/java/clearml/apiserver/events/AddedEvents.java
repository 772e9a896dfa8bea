package clearml.apiserver.events;

import java.util.Map;

/**
 * The answer of the endpoints that add events.
 *
 * @param added how many were stored
 * @param errors how many were not
 * @param errorsInfo how many for each reason
 */
record AddedEvents(int added, int errors, Map<String, Integer> errorsInfo) {}
