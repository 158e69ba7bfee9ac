/** Of moves of stages of REST APIs: the commands of each that are rows. */
export const STAGE_COMMANDS: Readonly<Record<string, readonly number[]>> = {
  'aws move: a stage of a REST API': [0, 1],
  'aws move: a stage of a REST API, canary': [0],
  'aws move: a stage of a REST API, rollback': [1],
  'aws move: a stage of a REST API, abort, finish': [1],
};
