/**
 * How long a gateway may still use the former link or target of a route after it accepted the change, in milliseconds.
 * The clouds name no time; changes were seen in calls within seconds [I].
 */
export const CHANGE_MS = 5_000;
