import { describe, expect, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { cloud, folder, network, run, specOf } from '../run-command.js';

const EMPTY = 'version: 1\nproject: shop\nspec: shop-7f3k2q\nlinks: {}\nintegrations: {}\n';

describe('Y10: resources in a region that no link of the spec names', () => {
  it.runIf(PROVE)('are found and deleted with --region; those of another spec are kept', async () => {
    const server = await cloud();
    const env = { POSTERN_SIMULATOR: server.url };
    const cwd = (spec: string) => ({ cwd: folder({ 'postern.yaml': spec }), env });
    const there = await network(server);
    const whole = specOf(there).replace('project: shop\n', 'project: shop\nspec: shop-7f3k2q\n');
    expect(await run(['apply', '--yes'], cwd(whole))).toMatchObject({ status: 0 });
    const without = await run(['destroy', '--yes'], cwd(EMPTY));
    expect(without.err).toContain('--region');
    const { apiGatewayV2, ec2 } = server.simulation.clients('eu-west-1');
    const links = async () => (await apiGatewayV2.getVpcLinks({})).Items ?? [];

    const other = cwd(EMPTY.replace('shop-7f3k2q', 'shop-other'));
    expect(await run(['destroy', '--yes', '--region', 'eu-west-1'], other)).toMatchObject({ status: 0 });
    expect(await links()).toHaveLength(1);

    const planned = await run(['plan', '--destroy', '--region', 'eu-west-1'], cwd(EMPTY));
    expect(planned).toMatchObject({ status: 0, out: expect.stringContaining('delete link main') });
    const done = await run(['destroy', '--yes', '--region', 'eu-west-1'], cwd(EMPTY));
    expect(done).toMatchObject({ status: 0, err: expect.stringContaining('searched aws eu-west-1') });
    expect(await links()).toEqual([]);
    const { SecurityGroups = [] } = await ec2.describeSecurityGroups({});
    expect(SecurityGroups.filter(({ GroupName = '' }) => GroupName.startsWith('postern-'))).toEqual([]);
    expect((await apiGatewayV2.getRoutes({ ApiId: there.api })).Items).toEqual([]);
  });
});
