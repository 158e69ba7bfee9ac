/**
 * The version of what workers record at the engine. It is raised with each change of what the services do one after the other, since the
 * engine matches that by position: code of another version cannot continue what has begun. `fleet.test.ts` compares what is recorded.
 */
export const WORKER_VERSION = '4';

/** Where the engine shows it: in the metadata of each service. */
export const VERSION_KEY = 'postern-version';
