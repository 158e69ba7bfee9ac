import { AWS_MOVES } from './aws.js';
import { describeSingleEvents, triedOf } from './single-events.js';

describeSingleEvents('move', triedOf(AWS_MOVES, 'aws move: abort before the switch'));
