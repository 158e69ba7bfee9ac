import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { anEngine } from '../fleet/an-engine.js';
import { folder, run } from '../run-command.js';

it('postern fleet: up --goal handover shows which groups are handed over, and sends them', async () => {
  const cwd = folder({});
  const { fleet: engine, requests } = anEngine();
  const fleet = (line: string) => run(['fleet', ...line.split(' ')], { cwd, fleet: engine, env: { USER: 'ana' } });
  const handed = `version: 1
fleet: shops
accounts: { cn: { id: '1111222233334444', provider: alibaba, regions: [cn-hangzhou], vars: { gateway: gw-1 } } }
handovers: [{ group: 'shop-*', gateway: '\${var:gateway}' }, { group: pay, stage: PRE, vSwitches: [vsw-1] }]
`;
  writeFileSync(path.join(cwd, 'fleet.yaml'), handed);
  expect((await fleet('up --goal handover --dry-run')).out).toBe(`Fleet shops: 2 hand-overs in 1 wave and 1 account
  all
    handovers@cn/cn-hangzhou
      group shop-* RELEASE to gw-1
      group pay PRE to a gateway that is bought
`);
  await fleet('up --goal handover --yes --detach --run h1');
  expect(requests[0]).toMatchObject({ goal: 'handover', specs: [{ handovers: { handovers: { length: 2 } } }] });
  expect(await fleet('up --yes')).toMatchObject({ status: 64, err: expect.stringContaining('no specs') as string });
});
