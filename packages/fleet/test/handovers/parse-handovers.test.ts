import { CLOUDS } from '../../../core/test/clouds.js';
import { expect, it } from 'vitest';
import { parseFleet } from '../../src/config/parse-fleet.js';

const FLEET = `version: 1
fleet: payments
specs: [teams/*.yaml]
accounts:
  trial: { id: '111111111111' }
  cn: { id: '1111222233334444', provider: alibaba, regions: [cn-hangzhou] }
approvals: { before: [purchases, moves] }
`;

const handed = (handover: string, code = 'INVALID_FLEET') =>
  ['specs: [teams/*.yaml]', `handovers: [${handover}]`, code] as const;

it.each([
  [
    'an approval that is never asked',
    'purchases, moves',
    'dns-switches',
    'INVALID_FLEET',
    7,
    'no step of a run changes a DNS',
  ],
  ['no specs', 'specs: [teams/*.yaml]', '', 'INVALID_FLEET', 1, 'no specs, moves or hand-overs are given'],
  ['a hand-over without a target', ...handed('{ group: g }'), 3, 'no target is given'],
  ['a hand-over with two targets', ...handed('{ group: g, gateway: a, vSwitches: [b] }'), 3, 'does not go with'],
  ['the type of a gateway that exists', ...handed('{ group: g, gateway: a, type: t }'), 3, '`type` is for a gateway'],
  ['a stage that does not exist', ...handed('{ group: g, gateway: a, stage: release }'), 3, 'not a stage'],
  ['a waiver without a reason', ...handed("{ group: g, gateway: a, waive: { api/nonce: '' } }"), 3, 'not a reason'],
  [
    'a hand-over in an account of AWS',
    ...handed('{ group: g, gateway: a, accounts: [trial] }', 'UNKNOWN_REFERENCE'),
    3,
    'account of alibaba',
  ],
])('parseFleet, of hand-overs: refuses %s', (_, from, to, code, line, message) => {
  expect(() => parseFleet(FLEET.replace(from, to), { file: 'fleet.yaml', clouds: CLOUDS })).toThrow(
    expect.objectContaining({
      code,
      message: expect.stringContaining(message) as string,
      place: expect.objectContaining({ file: 'fleet.yaml', line }) as object,
    }),
  );
});
