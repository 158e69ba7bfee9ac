/** The phases of a move, in their order; `rollback` may follow each of them. */
export type MovePhase = 'widen' | 'probe' | 'switch' | 'verify' | 'drain' | 'finish' | 'rollback';
