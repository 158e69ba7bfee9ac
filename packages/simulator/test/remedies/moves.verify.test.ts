import { CLOUDS, parseSpec } from '../../../core/test/clouds.js';
import { aws } from '@postern/aws';
import { createContext, driversOf, memoryJournal, type Spec } from '@postern/core/internal/library';
import { check, judge } from '@postern/core/internal/check';
import { Moves } from '@postern/core/internal/moves';
import { apply, diff, observeSpec } from '@postern/core/internal/plan';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../core/test/runs.js';
import { httpShop } from '../../../aws/test/world/http-shop.js';
import { REGION } from '../../../aws/test/world/simulated.js';

/** The list of a spec for the link that routes are to move to: each leads to a refusal at first. */
const LISTS: readonly (readonly string[])[] = [
  ['10.0.0.0/8'],
  ['10.0.0.0/8', '192.168.0.0/16'],
  ['{ cidr: 10.0.0.0/8, ports: [443] }'],
  ['192.168.0.0/16'],
  ['{ cidr: 192.168.0.0/16, ports: [80] }', '10.0.0.0/8'],
  ['{ cidr: 10.0.0.0/8, ports: [8080, 443] }', '192.168.0.0/16'],
];
const WORLDS = Math.min(LISTS.length, runs(1, LISTS.length));

/** An HTTP API whose route leads over a link, and a spec of another project that declares only the link `next`. */
async function moving(list: readonly string[]) {
  const shop = await httpShop();
  const { simulation, call, ApiId, open, contextOf } = shop;
  await shop.run(0, open);
  const [from = ''] = shop.links();
  const { SubnetIds } = call('apigatewayv2', 'GetVpcLink', { VpcLinkId: from });
  // The load balancer takes calls of all groups of the VPC.
  const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
  call('ec2', 'AuthorizeSecurityGroupIngress', { GroupId: open, IpPermissions });
  let text = `version: 1
project: platform
spec: next-1a2b3c
links:
  next: { provider: aws, region: ${REGION}, subnets: [${SubnetIds.join()}], allowlist: [${list.join(', ')}] }
`;
  const driver = aws({ region: REGION, clients: simulation.clients(REGION) });
  const drivers = driversOf(driver);
  const applied = async (): Promise<void> => {
    const spec = parseSpec(text);
    const context = contextOf();
    const plan = diff(await observeSpec(spec, drivers, context, { all: true }), spec, { clouds: CLOUDS, all: true });
    for await (const event of apply(plan, { judge, spec, drivers, context, ignoreFindings: ['*'], drain: 0 }))
      if (event.type === 'step.failed') throw new Error(event.error.message);
    await simulation.advance(60_000);
  };
  await applied();
  const to = shop.links().find((id) => id !== from) ?? '';
  const moves = new Moves({ driver, context: createContext({ clock: simulation.clock }), journal: memoryJournal() });
  return {
    plan: () => moves.plan({ api: ApiId, from, to }),
    /** Writes an item to a list of the spec, as a remedy says, and applies it. */
    add: async (item: string, path: string): Promise<void> => {
      expect(path).toBe('links.next.allowlist');
      text = text.replace('allowlist: [', `allowlist: [${item}, `);
      await applied();
    },
    spec: (): Spec => parseSpec(text),
    report: async () => {
      const spec = parseSpec(text);
      return check(await observeSpec(spec, drivers, contextOf(), { checks: true }), spec, { clouds: CLOUDS });
    },
  };
}

const ADD = /^Add `([^`]+)` to (links\.\S+) in the spec of project (\S+) and run `postern apply`/;

describe('remedies of a refused move to a link that a spec without integrations declares', () => {
  it.each(LISTS.slice(0, WORLDS).map((list) => [list] as const))(
    'end the finding when they are followed as written: %j',
    async (list) => {
      const { plan, add, report } = await moving(list);
      let followed = 0;
      for (; followed < 3; followed += 1) {
        const { todos } = await plan();
        const [todo] = todos;
        if (todo === undefined) break;
        expect(todo.check).toBe('path/security-group');
        const [, item = '', path = '', project] = ADD.exec(todo.text) ?? [];
        expect([todo.text, project]).toEqual([todo.text, 'platform']);
        await add(item, path);
        expect((await plan()).todos.map(({ message }) => message)).not.toContain(todo.message);
      }
      expect(followed).toBeGreaterThan(0);
      expect((await plan()).todos).toEqual([]);
      // What was added is not reported as needless.
      const { findings } = await report();
      expect(findings.filter((one) => one.check === 'cidr/redundant' && one.verdict !== 'pass')).toEqual([]);
    },
  );

  it('names blocks that open nothing, because no target says the ports', async () => {
    const { report } = await moving(['10.0.0.0/8', '{ cidr: 192.168.0.0/16, ports: [443] }']);
    const { findings } = await report();
    const found = findings.find((one) => one.check === 'link/allowlist');
    expect(found).toMatchObject({ verdict: 'fail', severity: 'warning', code: 'OPENS_NOTHING' });
    expect(found?.message).toMatch(/^10\.0\.0\.0\/8 of the allowlist of link next opens nothing/);
    expect(found?.remedy).toContain('`{ cidr: 10.0.0.0/8, ports: [443] }`');
  });
});
