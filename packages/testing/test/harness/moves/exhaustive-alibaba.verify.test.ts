import { ALIBABA_MOVES } from './alibaba.js';
import { describeSingleEvents, triedOf } from './single-events.js';

describeSingleEvents('move', triedOf(ALIBABA_MOVES, 'alibaba move: abort before the switch'));
