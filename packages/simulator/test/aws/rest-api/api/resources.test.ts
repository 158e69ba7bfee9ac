import { describe, expect, it } from 'vitest';
import type { SimulateOptions } from '../../../../src/index.js';
import { BAD, CONFLICT, NOT_FOUND, petsApi, plain, refused, restWorld, statusOf } from '../rest-world.js';

const UNKNOWN = 'Invalid Resource identifier specified';
const SIBLING = (part: string) =>
  `A sibling (${part}) of this resource already has a variable path part -- only one is allowed`;
const BELOW_GREEDY = 'Cannot create a child of a resource with a greedy path variable: {proxy+}';

async function world(options: SimulateOptions = {}) {
  const { apiGateway, simulation } = restWorld(options);
  const { id: restApiId = '', rootResourceId: root = '' } = await apiGateway.createRestApi({ name: 'shop' });
  const create = async (parentId: string, pathPart: string) => {
    const { id = '' } = await apiGateway.createResource({ restApiId, parentId, pathPart });
    return id;
  };
  const update = (resourceId: string, op: string, path: string, value?: string) =>
    apiGateway.updateResource({ restApiId, resourceId, patchOperations: [{ op: op as never, path, value }] });
  const paths = async () => ((await apiGateway.getResources({ restApiId })).items ?? []).map(({ path }) => path);
  return { apiGateway, simulation, restApiId, root, create, update, paths };
}

describe('CreateResource', () => {
  it('truth 2: answers 201 with the path below its parent', async () => {
    const { apiGateway, restApiId, root } = await world();
    const pets = await apiGateway.createResource({ restApiId, parentId: root, pathPart: 'pets' });
    expect(statusOf(pets)).toBe(201);
    expect(plain(pets)).toEqual({
      id: expect.stringMatching(/^[a-z0-9]{6}$/),
      parentId: root,
      pathPart: 'pets',
      path: '/pets',
    });
    const pet = await apiGateway.createResource({ restApiId, parentId: pets.id, pathPart: '{id}' });
    expect(pet).toMatchObject({ parentId: pets.id, path: '/pets/{id}' });
    expect(plain(await apiGateway.getResource({ restApiId, resourceId: root }))).toEqual({ id: root, path: '/' });
  });

  it.each(['a', 'A-b_c.d:9', '{id}', '{proxy+}', '{a.b-c}'])('accepts the path part %s', async (pathPart) => {
    const { create, root, paths } = await world();
    await create(root, pathPart);
    expect(await paths()).toEqual(['/', `/${pathPart}`]);
  });

  it.each(['', 'a/b', 'a b', '{id', 'id}', '{}', '{a}{b}', 'a+', '{a+}b', '$metadata'])(
    'refuses the path part "%s"',
    async (pathPart) => {
      const { create, root } = await world();
      await refused(create(root, pathPart), BAD, /^Resource's path part only allow a-zA-Z0-9\._-:/);
    },
  );

  it('refuses a second resource of the same name', async () => {
    const { create, root } = await world();
    await create(root, 'pets');
    const message = 'Another resource with the same parent already has this name: pets';
    await refused(create(root, 'pets'), CONFLICT, message);
  });

  it('refuses two variables as siblings, and children of a greedy variable', async () => {
    const { create, root } = await world();
    const proxy = await create(root, '{proxy+}');
    await refused(create(root, '{dynamic}'), BAD, SIBLING('{proxy+}'));
    for (const part of ['static', '{dynamic}']) await refused(create(proxy, part), BAD, BELOW_GREEDY);
    const parent = await create(root, 'parent');
    await create(parent, '{child+}');
    await create(parent, 'child');
  });

  it('refuses an unknown parent and an unknown API in the same sentence', async () => {
    const { apiGateway, restApiId, root } = await world();
    const input = { restApiId, parentId: root, pathPart: 'pets' };
    await refused(apiGateway.createResource({ ...input, parentId: 'wrong' }), NOT_FOUND, UNKNOWN);
    await refused(apiGateway.createResource({ ...input, restApiId: 'wrong' }), NOT_FOUND, UNKNOWN);
  });

  it('refuses more resources than the quota, 300 by default', async () => {
    const { create, root } = await world({ quotas: { 'resources-per-rest-api': 2 } });
    await create(root, 'pets');
    await refused(
      create(root, 'dogs'),
      'LimitExceededException',
      'Maximum number of Resources for this API has been reached.  Please contact AWS if you need additional Resources.',
    );
  });

  it('is possible five times a second, as DeleteResource', async () => {
    const { create, root } = await world({ throttle: true });
    for (let index = 0; index < 5; index += 1) await create(root, `r${index}`);
    await expect(create(root, 'more')).rejects.toMatchObject({ name: 'TooManyRequestsException' });
  });
});

describe('GetResources', () => {
  it('truth 1: answers empty method objects, and no key without methods; embed=methods answers all', async () => {
    const { apiGateway, restApiId, method, resourceId, rootResourceId } = await petsApi();
    await apiGateway.putIntegration({ ...method, type: 'MOCK' });
    expect((await apiGateway.getResources({ restApiId })).items).toEqual([
      { id: rootResourceId, path: '/' },
      {
        id: resourceId,
        parentId: rootResourceId,
        pathPart: 'pets',
        path: '/pets',
        resourceMethods: { GET: {} },
      },
    ]);
    const { items } = await apiGateway.getResources({ restApiId, embed: ['methods'] });
    expect(items?.[0]).not.toHaveProperty('resourceMethods');
    expect(items?.[1]?.resourceMethods).toMatchObject({
      GET: { httpMethod: 'GET', authorizationType: 'NONE', methodIntegration: { type: 'MOCK' } },
    });
    const one = await apiGateway.getResource({ restApiId, resourceId, embed: ['methods'] });
    expect(one.resourceMethods?.['GET']?.methodIntegration?.type).toBe('MOCK');
  });

  it('answers resources in the order of their paths, on pages', async () => {
    const { apiGateway, restApiId, create, root, paths } = await world();
    await create(root, '{proxy+}');
    const parent = await create(root, 'parent');
    await create(parent, '{proxy+}');
    await create(await create(parent, 'child'), '{proxy+}');
    const all = ['/', '/parent', '/parent/child', '/parent/child/{proxy+}', '/parent/{proxy+}', '/{proxy+}'];
    expect(await paths()).toEqual(all);
    const first = await apiGateway.getResources({ restApiId, limit: 4 });
    const second = await apiGateway.getResources({ restApiId, limit: 4, position: first.position });
    expect([...(first.items ?? []), ...(second.items ?? [])].map(({ path }) => path)).toEqual(all);
  });

  it('answers every resource once to a caller that deletes those of each page', async () => {
    const { apiGateway, restApiId, rootResourceId: parentId } = await petsApi();
    for (const pathPart of ['a', 'b', 'c', 'd', 'e'])
      await apiGateway.createResource({ restApiId, parentId, pathPart });
    const seen: (string | undefined)[] = [];
    let position: string | undefined;
    do {
      const page = await apiGateway.getResources({ restApiId, limit: 2, ...(position !== undefined && { position }) });
      for (const { id: resourceId, path } of page.items ?? []) {
        seen.push(path);
        if (resourceId !== parentId) await apiGateway.deleteResource({ restApiId, resourceId });
      }
      position = page.position;
    } while (position !== undefined);
    expect(seen).toEqual(['/', '/a', '/b', '/c', '/d', '/e', '/pets']);
  });

  it('refuses to embed something else', async () => {
    const { apiGateway, restApiId } = await world();
    await expect(apiGateway.getResources({ restApiId, embed: ['integrations'] })).rejects.toMatchObject({ name: BAD });
  });
});

describe('UpdateResource', () => {
  it('renames a resource; the paths of all below it follow', async () => {
    const { create, update, root, paths } = await world();
    const pets = await create(root, 'pets');
    await create(await create(pets, '{id}'), 'food');
    const renamed = await update(pets, 'replace', '/pathPart', 'dogs');
    expect(plain(renamed)).toEqual({ id: pets, parentId: root, pathPart: 'dogs', path: '/dogs' });
    expect(await paths()).toEqual(['/', '/dogs', '/dogs/{id}', '/dogs/{id}/food']);
  });

  it('moves a resource with all below it', async () => {
    const { create, update, root, paths } = await world();
    const sub = await create(await create(root, 'pets'), 'sub');
    await create(sub, 'pets');
    expect(await update(sub, 'replace', '/parentId', root)).toMatchObject({ path: '/sub', parentId: root });
    expect(await paths()).toEqual(['/', '/pets', '/sub', '/sub/pets']);
  });

  it('keeps the methods of what it moves', async () => {
    const { apiGateway, restApiId, resourceId, method } = await petsApi();
    const patchOperations = [{ op: 'replace' as const, path: '/pathPart', value: 'dogs' }];
    const moved = await apiGateway.updateResource({ restApiId, resourceId, patchOperations });
    expect(moved.resourceMethods).toEqual({ GET: {} });
    expect(await apiGateway.getMethod(method)).toMatchObject({ httpMethod: 'GET' });
  });

  it('refuses a place that is taken, below itself, or below an unknown parent', async () => {
    const { create, update, root, paths } = await world();
    const pets = await create(root, 'pets');
    const sub = await create(pets, 'sub');
    const inner = await create(sub, 'pets');
    const taken = 'Another resource with the same parent already has this name: pets';
    await create(pets, 'pets');
    await refused(update(sub, 'replace', '/pathPart', 'pets'), CONFLICT, taken);
    for (const parent of [inner, sub]) {
      await refused(update(sub, 'replace', '/parentId', parent), BAD, 'Resources cannot be cyclical.');
    }
    await refused(update(sub, 'replace', '/parentId', 'wrong'), NOT_FOUND, UNKNOWN);
    await refused(update('wrong', 'replace', '/pathPart', 'x'), NOT_FOUND, UNKNOWN);
    expect(await paths()).toEqual(['/', '/pets', '/pets/pets', '/pets/sub', '/pets/sub/pets']);
  });

  it('refuses to make a resource with children greedy', async () => {
    const { create, update, root } = await world();
    const pets = await create(root, 'pets');
    await create(pets, 'food');
    await refused(update(pets, 'replace', '/pathPart', '{proxy+}'), BAD, BELOW_GREEDY);
  });

  it('refuses to change the root', async () => {
    const { update, root } = await world();
    await refused(update(root, 'replace', '/pathPart', 'x'), BAD, 'Root resource cannot update its pathPart.');
    await refused(update(root, 'replace', '/parentId', root), BAD, 'Root resource cannot update its parentId.');
  });

  it.each([
    ['replace', '/invalid', "'/invalid' specified for op 'replace'. Must be one of: [/parentId, /pathPart]"],
    ['remove', '/pathPart', "'/pathPart' specified for op 'remove'. Please choose supported operations"],
    ['add', '/pathPart', "'/pathPart' specified for op 'add'. Please choose supported operations"],
  ])('refuses %s %s', async (op, path, rest) => {
    const { create, update, root } = await world();
    await refused(update(await create(root, 'pets'), op, path, 'x'), BAD, `Invalid patch path  ${rest}`);
  });
});

describe('DeleteResource', () => {
  it('truth 2: answers 202 and deletes all below the resource', async () => {
    const { apiGateway, restApiId, create, root, paths } = await world();
    const pets = await create(root, 'pets');
    const pet = await create(pets, '{id}');
    const gone = await apiGateway.deleteResource({ restApiId, resourceId: pets });
    expect(statusOf(gone)).toBe(202);
    expect(await paths()).toEqual(['/']);
    await refused(apiGateway.deleteResource({ restApiId, resourceId: pet }), NOT_FOUND, UNKNOWN);
  });

  it('refuses to delete the root', async () => {
    const { apiGateway, restApiId, root } = await world();
    await expect(apiGateway.deleteResource({ restApiId, resourceId: root })).rejects.toMatchObject({ name: BAD });
  });
});
