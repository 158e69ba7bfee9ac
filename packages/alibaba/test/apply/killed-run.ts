// A run in a process of its own, for `killed.verify.test.ts`: creates a link as a plan does, and prints its steps.
import { createContext, driversOf } from '@postern/core/internal/library';
import { remoteClock, type RemoteTime } from '@postern/core/internal/adapter';
import { judge } from '@postern/core/internal/check';
import { apply, diff, observeSpec } from '@postern/core/internal/plan';
import { clouds, specFrom } from '@postern/core/internal/spec';
import { cloud } from '../../src/cloud/index.js';
import { alibaba } from '../../src/index.js';
import { CLOUDS } from '../../../core/test/clouds.js';

const { POSTERN_TEST_URL: url = '', POSTERN_TEST_SPEC: json = '' } = process.env;
const clock = await remoteClock({
  read: async () => (await (await fetch(`${url}/_postern/clock`)).json()) as RemoteTime,
});
const context = createContext({ clock });
const driver = alibaba({
  region: 'cn-hangzhou',
  endpoint: url,
  accessKeyId: 'LTAIEXAMPLE',
  accessKeySecret: 'example',
});
const spec = specFrom(JSON.parse(json), { clouds: clouds([cloud]) });
const plan = diff(await observeSpec(spec, driversOf(driver), context), spec, { clouds: CLOUDS });
process.stdout.write(`steps ${plan.units.flatMap(({ steps }) => steps.map(({ id }) => id)).join(', ')}\n`);
for await (const event of apply(plan, {
  judge,
  spec,
  drivers: driversOf(driver),
  context,
  allowPurchase: true,
  ignoreFindings: ['*'],
})) {
  if (event.type === 'step.failed') process.stdout.write(`failed ${event.error.code}\n`);
  if (event.type === 'run.done') process.stdout.write(`done ${event.applied}\n`);
}
