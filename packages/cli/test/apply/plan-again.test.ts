import { describe, expect, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { atShop, manyRoutes } from './shop-account.js';

const ONE = manyRoutes({ links: 1, routes: 2 });
const NEW_ROUTE = ONE.replace('    routes:\n', "    routes:\n      'GET /new': orders\n");
/** A second link that no integration uses. */
const TWO_LINKS = ONE.replace(
  'integrations:\n',
  '  l1: { provider: aws, subnets: [{ name: private-a }], allowlist: [] }\nintegrations:\n',
);

/** Runs `apply --yes`, and makes a change each time when a plan has been shown, before it is applied. */
async function whileShown(
  { postern }: Awaited<ReturnType<typeof atShop>>,
  change: () => Promise<unknown>,
  most = Infinity,
  argv: readonly string[] = ['apply', '--yes'],
) {
  let shown = 0;
  return postern.with(argv, {
    onOut: (out) => {
      const plans = out.split(/unchanged\.\n/).length - 1;
      if (plans === shown || shown >= most) return;
      shown = plans;
      void change();
    },
  });
}

describe('the state changes between the plan and the first change', () => {
  it('is planned again, and the new plan is shown and applied', async () => {
    const scene = await atShop(ONE, 'healthy');
    const { postern, server, write } = scene;
    expect((await postern('apply --yes')).status).toBe(0);
    const { apiGatewayV2 } = server.simulation.clients('eu-west-1');
    const { Items = [] } = await apiGatewayV2.getRoutes({ ApiId: 'uwq694pz5j' });
    write(NEW_ROUTE);
    const gone = () => apiGatewayV2.deleteRoute({ ApiId: 'uwq694pz5j', RouteId: Items[0]?.RouteId ?? '' });
    const { status, out, err } = await whileShown(scene, gone, 1);
    expect({ status, err }).toMatchObject({ status: 0, err: expect.not.stringContaining('error') });
    expect(err).toMatch(/note: .*is also needed\. The plan of the current state follows/);
    expect(out).toContain('1 to create; 3 unchanged.');
    expect(out).toContain('2 to create; 2 unchanged.');
    expect(out).toContain('Done: 2 changes');
  });

  it.runIf(PROVE)('is planned again three times', async () => {
    const six = manyRoutes({ links: 1, routes: 6 });
    const scene = await atShop(six, 'healthy');
    const { postern, server, write } = scene;
    expect((await postern('apply --yes')).status).toBe(0);
    const { apiGatewayV2 } = server.simulation.clients('eu-west-1');
    const { Items = [] } = await apiGatewayV2.getRoutes({ ApiId: 'uwq694pz5j' });
    write(six.replace('    routes:\n', "    routes:\n      'GET /new': orders\n"));
    const nextGone = () => apiGatewayV2.deleteRoute({ ApiId: 'uwq694pz5j', RouteId: Items.pop()?.RouteId ?? '' });
    const { status, out, err } = await whileShown(scene, nextGone);
    expect({ status, err }).toMatchObject({ status: 75, err: expect.stringContaining('error WORLD_MOVED') });
    expect(out.match(/\d to create/g)).toEqual(['1 to create', '2 to create', '3 to create', '4 to create']);
  });

  it.runIf(PROVE)('is not planned again where that would delete what the first plan did not', async () => {
    const scene = await atShop(TWO_LINKS, 'healthy');
    const { postern, server, write } = scene;
    expect((await postern('apply --yes')).status).toBe(0);
    const { apiGatewayV2 } = server.simulation.clients('eu-west-1');
    const links = async () => (await apiGatewayV2.getVpcLinks({})).Items ?? [];
    const spare = (await links()).find(({ Name }) => Name === 'l1');
    const arn = `arn:aws:apigateway:eu-west-1::/vpclinks/${spare?.VpcLinkId}`;
    await apiGatewayV2.untagResource({ ResourceArn: arn, TagKeys: Object.keys(spare?.Tags ?? {}) });
    write(NEW_ROUTE);
    const marked = () => apiGatewayV2.tagResource({ ResourceArn: arn, Tags: spare?.Tags });
    const { status, out, err } = await whileShown(scene, marked);
    expect({ status, err }).toMatchObject({
      status: 75,
      err: expect.stringMatching(/delete link l1 \(\w+\) is also needed/),
    });
    expect(out).not.toContain('delete link');
    expect(await links()).toHaveLength(2);
  });

  it.runIf(PROVE)('is not planned again for a saved plan', async () => {
    const { postern, write } = await atShop(ONE, 'healthy');
    expect((await postern('plan -o plan.json')).status).toBe(0);
    expect((await postern('apply --yes')).status).toBe(0);
    write(ONE);
    expect((await postern('apply --yes --plan plan.json')).status).toBe(75);
  });
});
