import { describe, expect, it } from 'vitest';
import { PROVE, sample } from '../../../core/test/runs.js';
import { forget } from '../../src/grammar/links.js';
import { cloud, folder, network, run, specOf, type Network } from '../run-command.js';

const identified = (there: Network, id = 'shop-7f3k2q'): string =>
  specOf(there).replace('project: shop\n', `project: shop\nspec: ${id}\n`);

/** An applied spec with an identity, and its link. */
async function applied() {
  const server = await cloud();
  const there = await network(server);
  const env = { POSTERN_SIMULATOR: server.url };
  const inFolder = (spec?: string) => {
    const cwd = folder(spec === undefined ? {} : { 'postern.yaml': spec });
    return (...argv: readonly string[]) => run(argv, { cwd, env });
  };
  const postern = inFolder(identified(there));
  expect(await postern('apply', '--yes')).toMatchObject({ status: 0 });
  const { apiGatewayV2 } = server.simulation.clients('eu-west-1');
  const links = async () => (await apiGatewayV2.getVpcLinks({})).Items ?? [];
  const [link] = await links();
  return { there, inFolder, postern, apiGatewayV2, links, id: link?.VpcLinkId ?? '' };
}

describe('Y7: the remedy of a plan where a resource has another owner', () => {
  it('names `forget` first, before the removal from the other spec, and the identity to write', async () => {
    const { inFolder, there, id } = await applied();
    const other = await inFolder(identified(there, 'shop-other'))('plan');
    expect(other.status).toBe(1);
    expect(other.err).toMatch(/If this is that spec, write `spec: shop-7f3k2q`.*postern forget/s);
    const adopting = identified(there)
      .replaceAll('shop', 'store')
      .replace(/ {4}subnets:.*\n {4}allowlist:.*\n/, `    id: ${id}\n`);
    const store = await inFolder(adopting)('plan');
    expect(store.err).toMatch(/First run `postern forget` with the spec of shop/);
  });

  it.runIf(PROVE)('names the failing calls where it names the deletion of a live route', async () => {
    const { postern, apiGatewayV2, there } = await applied();
    const { Items = [] } = await apiGatewayV2.getIntegrations({ ApiId: there.api });
    await apiGatewayV2.updateIntegration({
      ApiId: there.api,
      IntegrationId: Items[0]?.IntegrationId,
      Description: 'theirs',
      RequestParameters: { 'overwrite:path': '/other' },
    });
    const { err } = await postern('plan');
    expect(err).toMatch(/Write `owner: external`.*interrupts its calls/);
    expect(err).not.toContain('Delete that route first');
  });
});

describe('Y8: `forget` without the file of the spec', () => {
  it('accepts the identity as an option, as its example shows', async () => {
    const { inFolder, id } = await applied();
    const lost = inFolder();
    const refused = await lost('forget', id, '--project', 'shop', '--region', 'eu-west-1', '--yes');
    expect(refused).toMatchObject({ status: 1, err: expect.stringContaining('--spec-id shop-7f3k2q') });
    const example = forget.examples.find((line) => line.includes('--project'))?.replace('a1b2c3', id);
    expect(await lost(...(example?.split(' ').slice(1) ?? []), '--yes')).toMatchObject({
      status: 0,
      out: expect.stringContaining(`give up link main (${id}): done`),
    });
  });

  it.runIf(PROVE)('names the owner of the link where this spec owns none of that name', async () => {
    const { inFolder, there, id } = await applied();
    const { err } = await inFolder(identified(there, 'shop-other'))('forget', 'main', '--yes');
    expect(err).toContain(`link ${id} is owned by another spec (shop-7f3k2q) of project shop`);
    expect(err).not.toContain('postern apply');
  });
});

describe('Y9: destroy that leaves a link of this spec', () => {
  it.each(
    sample(
      [
        ['a route of another owner', undefined, /is kept: route ANY \/orders/],
        ['a mark without its hash', 'postern:spec', /mark lacks a tag; run apply/],
        ['a mark without its name', 'postern:integration', /mark lacks a tag; delete it/],
      ],
      3,
    ),
  )('reports what is left and exits with 1: %s', async (_, key, message) => {
    const { postern, apiGatewayV2, there, links, id } = await applied();
    if (key !== undefined)
      await apiGatewayV2.untagResource({
        ResourceArn: `arn:aws:apigateway:eu-west-1::/vpclinks/${id}`,
        TagKeys: [key],
      });
    else {
      const { Items = [] } = await apiGatewayV2.getIntegrations({ ApiId: there.api });
      await apiGatewayV2.updateIntegration({
        ApiId: there.api,
        IntegrationId: Items[0]?.IntegrationId,
        Description: 'theirs',
      });
    }
    const { status, err } = await postern('destroy', '--yes');
    expect(await links()).toHaveLength(1);
    expect(status).toBe(1);
    expect(err).toMatch(message);
  });
});
