import { describeSingleEvents, triedOf } from '../moves/single-events.js';
import { HANDOVERS } from './scenarios.js';

describeSingleEvents('hand-over', triedOf(HANDOVERS, 'hand-over: an A record in one step'));
