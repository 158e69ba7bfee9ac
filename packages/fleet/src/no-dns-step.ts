/** Why an approval of DNS switches is refused: what it would ask about does not exist. */
export const NO_DNS_STEP = 'no step of a run changes a DNS record: the cloud does that itself when an API group moves';
/** What to write instead. */
export const USE_MOVES = 'Write moves: an approval is then asked before each move.';
