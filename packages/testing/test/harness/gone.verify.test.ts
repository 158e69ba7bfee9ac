import { describe, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { REGION as AWS_REGION } from '../../../aws/test/world/simulated.js';
import { REGION as ALIBABA_REGION } from '../../../simulator/test/traffic/alibaba/shop.js';
import { tryRemovals } from './gone-trials.js';
import { ALIBABA_MOVES } from './moves/alibaba.js';
import { AWS_MOVES } from './moves/aws.js';
import { alibabaRemovals } from './removals/alibaba.js';
import { awsRemovals } from './removals/aws.js';
import { ALIBABA_SCENARIOS } from './scenarios/alibaba/index.js';
import { AWS_SCENARIOS } from './scenarios/aws/index.js';

/** Trials of each kind of command of each cloud in `npm run verify`. */
const SLICE = 3;

/** `npm test` tries one of few calls. */
const SMALL_MOVES = AWS_MOVES.filter(({ name }) => name.endsWith(': abort, finish'));

/** At every await others may delete a gateway, stage, group, route or link, or lead it elsewhere. */
describe('what others delete or move elsewhere', () => {
  it('while gateways of AWS move: every command ends, and no other call is lost', async () => {
    await tryRemovals(PROVE ? AWS_MOVES : SMALL_MOVES, awsRemovals(AWS_REGION), SLICE);
  }, 36_000_000);

  it.runIf(PROVE)(
    'while gateways of Alibaba Cloud move: the same',
    async () => {
      await tryRemovals(ALIBABA_MOVES, alibabaRemovals(ALIBABA_REGION), SLICE);
    },
    36_000_000,
  );

  it.runIf(PROVE)(
    'while specs of AWS are applied and destroyed: the same',
    async () => {
      await tryRemovals(AWS_SCENARIOS, awsRemovals(AWS_REGION), SLICE);
    },
    36_000_000,
  );

  it.runIf(PROVE)(
    'while specs of Alibaba Cloud are applied and destroyed: the same',
    async () => {
      await tryRemovals(ALIBABA_SCENARIOS, alibabaRemovals(ALIBABA_REGION), SLICE);
    },
    36_000_000,
  );
});
