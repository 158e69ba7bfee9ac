/** What a trial of a move found, and the events that showed it. */
export type FoundMove = readonly [what: string, scenario: string, trace: string, met: string, seed: number];
