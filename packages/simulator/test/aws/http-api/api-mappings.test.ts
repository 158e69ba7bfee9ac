import { describe, expect, it } from 'vitest';
import { BAD, CONFLICT, NOT_FOUND, plain, refused, statusOf } from '../rest-api/rest-world.js';
import { domainWorld, NAME } from './domain-world.js';

const TAKEN = 'ApiMapping key already exists for this domain name';
const ENDS = "API mapping key should not end with a '/'.";
const SLASHES = "API mapping key should not start with a '/' or have consecutive '/'s.";
const CHARACTERS = "An API mapping key may contain only letters, numbers and one of $-_.+!*'(), characters.";
const STAGE = 'Invalid stage identifier specified';
const UNMIXED = 'Currently, WebSocket APIs can only be attached to a domain name with other WebSocket APIs.';

async function mapped(quotas: Record<string, number> = {}) {
  const world = await domainWorld({ quotas });
  await world.create();
  return world;
}

describe('an API mapping', () => {
  it('has an ID, and is a base path mapping of V1', async () => {
    const { map, apis, gateway, apiGateway } = await mapped();
    const made = await map(apis.http, '$default');
    expect(statusOf(made)).toBe(201);
    expect(plain(made)).toEqual({
      ApiId: apis.http,
      ApiMappingId: expect.stringMatching(/^[a-z0-9]{6}$/),
      ApiMappingKey: '',
      Stage: '$default',
    });
    const levels = await map(apis.rest, 'prod', 'orders/v1/items');
    const named = { DomainName: NAME, ApiMappingId: levels.ApiMappingId };
    expect(plain(await gateway.getApiMapping(named))).toEqual(plain(levels));
    expect((await gateway.getApiMappings({ DomainName: NAME })).Items).toEqual([plain(made), plain(levels)]);
    const { items } = await apiGateway.getBasePathMappings({ domainName: NAME });
    expect(items).toEqual([
      { basePath: '(none)', restApiId: apis.http, stage: '$default' },
      { basePath: 'orders/v1/items', restApiId: apis.rest, stage: 'prod' },
    ]);
    expect(statusOf(await gateway.deleteApiMapping(named as never))).toBe(204);
    await refused(gateway.getApiMapping(named), NOT_FOUND, 'Invalid API mapping identifier specified');
  });

  // https://github.com/floci-io/floci/pull/2390 has the recorded sentences; others are named.
  it.each([
    ['an unknown API', { api: 'zzzzzzzzzz' }, BAD, 'Invalid API identifier specified 111122223333:zzzzzzzzzz'],
    // https://github.com/aws/aws-cdk/issues/9078
    ['an unknown stage', { stage: 'nosuchstage' }, BAD, STAGE],
    // https://github.com/aws/aws-cdk/issues/22660
    ['a key that is taken', { key: 'v1' }, CONFLICT, TAKEN],
    ['a slash', { key: '/' }, BAD, ENDS],
    ['a slash at the end', { key: 'a/' }, BAD, ENDS],
    ['a slash at the start', { key: '/a' }, BAD, SLASHES],
    ['two slashes', { key: 'a//b' }, BAD, SLASHES],
    ['a blank', { key: ' a' }, BAD, CHARACTERS],
    ['a tilde', { key: 'a~b' }, BAD, CHARACTERS],
    ['a query', { key: 'v1?x' }, BAD, CHARACTERS],
    ['301 characters', { key: 'a'.repeat(301) }, BAD, 'ApiMapping key length must be under 300 characters.'],
    ['a third key of several levels', { key: 'c/d' }, BAD, /multi-level API mappings.* Limit is 2\./],
  ])('is refused with %s', async (_, given: { api?: string; stage?: string; key?: string }, name, message) => {
    const { map, apis } = await mapped({ 'multi-level-mappings-per-domain-name': 2 });
    for (const key of ['v1', 'a/b', 'b/c']) await map(apis.http, '$default', key);
    await refused(map(given.api ?? apis.http, given.stage ?? '$default', given.key ?? 'new'), name, message);
  });

  it('takes all characters that a key can have, and blanks alone as no key', async () => {
    const { map, apis } = await mapped();
    expect(await map(apis.http, '$default', "$-_.+!*'(),/x")).toMatchObject({ ApiMappingKey: "$-_.+!*'(),/x" });
    expect(await map(apis.http, '$default', 'a'.repeat(300))).toMatchObject({ Stage: '$default' });
    expect(await map(apis.http, '$default', '   ')).toMatchObject({ ApiMappingKey: '' });
    await refused(map(apis.http, '$default', ''), CONFLICT, TAKEN);
  });

  // https://github.com/floci-io/floci/pull/2390 (recorded): what an update leaves out stays, and so does the ID.
  it('changes what an update names', async () => {
    const { map, apis, gateway } = await mapped();
    const { ApiMappingId } = await map(apis.http, '$default', 'patched');
    await map(apis.http, '$default', 'taken');
    await gateway.createStage({ ApiId: apis.http, StageName: 's2' });
    const update = (more: object) =>
      gateway.updateApiMapping({ DomainName: NAME, ApiId: apis.http, ApiMappingId, ...more });
    expect(await update({ Stage: 's2' })).toMatchObject({ ApiMappingId, ApiMappingKey: 'patched', Stage: 's2' });
    expect(await update({ ApiMappingKey: 'again' })).toMatchObject({
      ApiMappingId,
      ApiMappingKey: 'again',
      Stage: 's2',
    });
    await refused(update({ ApiMappingKey: 'taken' }), CONFLICT, TAKEN);
    await refused(update({ ApiMappingKey: '  ' }), BAD, SLASHES);
    await refused(update({ ApiMappingKey: '/' }), BAD, ENDS);
    await refused(update({ ApiMappingId: 'zzzzzz' }), NOT_FOUND, /API mapping/);
    expect(await update({ ApiId: apis.rest, Stage: 'prod' })).toMatchObject({ ApiId: apis.rest, Stage: 'prod' });
    expect((await gateway.getApiMappings({ DomainName: NAME })).Items).toHaveLength(2);
  });

  // https://github.com/serverless/serverless/issues/7459
  it('of a WebSocket API shares its domain name with those alone, and has one level', async () => {
    const { map, apis, create, apiGateway } = await mapped();
    await map(apis.socket, 'prod', 'ws');
    await map(apis.socket, 'prod', 'ws2');
    await refused(map(apis.http, '$default', 'http'), BAD, UNMIXED);
    await refused(map(apis.socket, 'prod', 'a/b'), BAD, /multiple levels/);
    const v1 = (domainName: string) =>
      apiGateway.createBasePathMapping({ domainName, basePath: 'v1', restApiId: apis.rest, stage: 'prod' });
    const mixing = /^Mixing of REST APIs and HTTP APIs on the same domain name can only be accomplished through/;
    await refused(v1(NAME), BAD, mixing);
    await create({ DomainName: 'b.example.com' });
    await map(apis.http, '$default', 'http', 'b.example.com');
    await refused(map(apis.socket, 'prod', 'ws', 'b.example.com'), BAD, UNMIXED);
    await refused(v1('b.example.com'), BAD, mixing);
    expect(await map(apis.rest, 'prod', 'rest', 'b.example.com')).toMatchObject({ ApiMappingKey: 'rest' });
  });

  // https://github.com/amplify-education/serverless-domain-manager/issues/381
  it('of an HTTP API, or of several levels, keeps its domain name at TLS 1.2', async () => {
    const { map, apis, gateway, apiGateway } = await mapped();
    const policy = (value: string) =>
      apiGateway.updateDomainName({
        domainName: NAME,
        patchOperations: [{ op: 'replace', path: '/securityPolicy', value }],
      });
    for (const [api, stage, key] of [
      [apis.http, '$default', 'a'],
      [apis.rest, 'prod', 'b/c'],
    ] as const) {
      const { ApiMappingId } = await map(api, stage, key);
      await refused(policy('TLS_1_0'), BAD, /TLS 1\.0\.$/);
      await gateway.deleteApiMapping({ DomainName: NAME, ApiMappingId });
    }
    await map(apis.rest, 'prod', 'v1');
    expect(await policy('TLS_1_0')).toMatchObject({ securityPolicy: 'TLS_1_0' });
  });

  it('protects its API and its stage', async () => {
    const { map, apis, gateway } = await mapped();
    const { ApiMappingId } = await map(apis.http, '$default');
    // https://github.com/gruntwork-io/cloud-nuke/issues/370
    const message = `Deleting API ${apis.http} failed. Please remove all API mappings for the API from your custom domain names.`;
    await refused(gateway.deleteApi({ ApiId: apis.http }), BAD, message);
    await refused(
      gateway.deleteStage({ ApiId: apis.http, StageName: '$default' }),
      BAD,
      /^Deleting stage \$default failed/,
    );
    await gateway.deleteApiMapping({ DomainName: NAME, ApiMappingId });
    expect(statusOf(await gateway.deleteStage({ ApiId: apis.http, StageName: '$default' }))).toBe(204);
    expect(statusOf(await gateway.deleteApi({ ApiId: apis.http }))).toBe(204);
  });
});
