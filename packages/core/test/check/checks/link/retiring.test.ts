import { it, expect } from 'vitest';
import { retiring } from '../../../../src/check/checks/link/retiring.js';
import { prepare } from '../../../../src/do/world/prepare.js';
import { checkTable, outcomesOf } from '../run-check.js';
import { type World, alibabaWorld, aws, alibaba } from '../world.js';
import { edit } from '../edits.js';
import { CLOUDS } from '../../../clouds.js';

const unbought = ({ linkSpec, remove, region }: World) => {
  remove('links', region.links[0]?.id ?? '');
  delete linkSpec.id;
  Object.assign(linkSpec, { subnets: ['vsw-a', 'vsw-b'], securityGroups: ['sg-link'] });
};
const ends = edit({
  retirement: [
    { at: '2026-08-23T00:00:00+08:00', what: 'new instances are no longer sold', ends: 'sale' },
    { at: '2027-09-21T00:00:00+08:00', what: 'the service ends', ends: 'service' },
  ],
});
checkTable(retiring, {
  'no end is announced': [alibaba(), 'pass NO_END_ANNOUNCED'],
  'the cloud has no announced end': [aws(), 'nothing'],
  // From 2026-06-01T00:00Z: 82 days and 16 hours, 476 days and 16 hours.
  'days from the snapshot, Beijing time': [
    alibaba(ends),
    'warning END_ANNOUNCED',
    {
      subject: 'link eu',
      says: [
        'new instances are no longer sold as of 2026-08-23, in 82 days',
        'the service ends as of 2027-09-21, in 476 days',
      ],
      evidence: ['2026-08-23', '2027-09-21'],
      remedy: ['Cloud-native API Gateway', '2027-09-21'],
    },
  ],
  'a link that does not exist can still be bought': [
    alibaba((world) => [ends, unbought].forEach((one) => one(world))),
    'warning END_ANNOUNCED',
  ],
});

it.each<[string, string, readonly ((world: World) => void)[], 'error' | undefined, string, string]>([
  ['2026-08-22T15:59:59Z', 'is still sold', [unbought], undefined, 'is being retired', 'before 2027-09-21'],
  ['2026-08-22T16:00:00Z', 'is no longer sold', [unbought], 'error', 'can no longer be bought', 'links.eu.id'],
  ['2026-08-22T16:00:00Z', 'exists', [], undefined, 'is being retired', 'before 2027-09-21'],
  ['2027-09-20T16:00:00Z', 'exists, is no longer served', [], 'error', 'was discontinued', 'Move to Cloud-native'],
])('at %s, a link that %s', (now, _, change, severity, says, remedy) => {
  const { snapshot, spec } = alibabaWorld((world) => [ends, ...change].forEach((one) => one(world)));
  const { input } = prepare(snapshot, spec, { clouds: CLOUDS, now: Date.parse(now), passes: true });
  const [found] = retiring.run(input);
  expect(found?.severity).toBe(severity);
  expect(found?.message).toContain(says);
  expect(found?.remedy).toContain(remedy);
});

it.each<[string, string]>([
  ['2026-06-01T07:59:00+08:00', 'the service ends as of today'],
  ['2026-05-31T08:00:00+08:00', 'the service ends as of 2026-05-31, 1 day ago'],
  ['2026-06-01T09:00:00+08:00', 'the service ends as of 2026-06-01, within a day'],
])('counts %s: %s', (at, text) => {
  const world = alibabaWorld(edit({ retirement: [{ at, what: 'the service ends' }] }));
  expect(outcomesOf(retiring, world)[0]?.message).toContain(text);
});
