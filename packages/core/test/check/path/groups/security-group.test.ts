import { expect, it } from 'vitest';
import { groupStep } from '../../../../src/check/path/groups/security-group.js';
import type { References } from '../../../../src/check/path/groups/judge.js';
import type { End } from '../../../../src/check/path/model/step.js';
import { createGroupSet } from '../../../../src/check/path/model/group-set.js';
import { readSpan } from '../../../../src/check/path/model/span.js';
import { derivedFrom } from '../../../../src/do/world/derived.js';

const groupsOf = (id: string) =>
  createGroupSet([id], () => ({
    is: 'found',
    value: { id, name: id, networkId: 'vpc-1', rules: [], tags: {}, raw: null },
  }));
const endOf = (address: string, id: string): End => ({
  text: address,
  span: readSpan(address)!,
  groups: groupsOf(id),
  networkId: 'vpc-1',
  behindNetworkAcl: true,
});

it.each<readonly References[]>([
  ['kept', 'lost'],
  ['lost', 'kept'],
])(
  'the remedy names a group only on the path that keeps references, whichever was read first: %s, then %s',
  (...order) => {
    const [from, to] = [endOf('10.0.1.7', 'sg-link'), endOf('10.0.11.7', 'sg-lb')];
    const lists = { prefixes: () => ({ spans: [] }), derived: derivedFrom(() => undefined) };
    const remedies = order.map((references) => [
      references,
      groupStep('in', to.groups!, from, { port: 443, references, lists }).describe({ from, to, port: 443 }).remedy,
    ]);
    expect(Object.fromEntries(remedies)).toEqual({
      kept: 'Add an inbound rule to sg-lb: tcp 443 from sg-link.',
      lost: 'Add an inbound rule to sg-lb: tcp 443 from 10.0.1.7/32.',
    });
  },
);
