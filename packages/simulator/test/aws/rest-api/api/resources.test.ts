import { describe, expect, it } from 'vitest';
import { answers } from '../../../answers.js';
import type { SimulateOptions } from '../../../../src/index.js';
import { BAD, petsApi, refused, restWorld } from '../rest-world.js';

const UNKNOWN = 'Invalid Resource identifier specified';
const SIBLING = (part: string) =>
  `A sibling (${part}) of this resource already has a variable path part -- only one is allowed`;
const BELOW_GREEDY = 'Cannot create a child of a resource with a greedy path variable: {proxy+}';

async function world(options: SimulateOptions = {}) {
  const rest = restWorld(options);
  const { apiGateway } = rest;
  const { id: restApiId = '', rootResourceId: root = '' } = await apiGateway.createRestApi({ name: 'shop' });
  const create = async (parentId: string, pathPart: string) => {
    const { id = '' } = await apiGateway.createResource({ restApiId, parentId, pathPart });
    return id;
  };
  const update = (resourceId: string, op: string, path: string, value?: string) =>
    apiGateway.updateResource({ restApiId, resourceId, patchOperations: [{ op: op as never, path, value }] });
  const paths = async () => ((await apiGateway.getResources({ restApiId })).items ?? []).map(({ path }) => path);
  return { ...rest, restApiId, root, create, update, paths };
}

describe('CreateResource', () => {
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
});

answers('CreateResource', world)`
  truth 2: answers 201 with the path below its parent
    CreateResource {restApiId: $restApiId, parentId: $root, pathPart: pets}
      == 201 {id: '/^[a-z0-9]{6}$/', parentId: $root, pathPart: pets, path: /pets}
    CreateResource {restApiId: $restApiId, parentId: $id, pathPart: '{id}'} -> {parentId: $id, path: '/pets/{id}'}
    GetResource {restApiId: $restApiId, resourceId: $root} == {id: $root, path: /}
  refuses a second resource of the same name
    create [$root, pets]
    create [$root, pets] !ConflictException: Another resource with the same parent already has this name: pets
  refuses two variables as siblings, and children of a greedy variable
    proxy = create [$root, '{proxy+}']
    create [$root, '{dynamic}'] !BadRequestException: ${SIBLING('{proxy+}')}
    create [$proxy, static] !BadRequestException: ${BELOW_GREEDY}
    create [$proxy, '{dynamic}'] !BadRequestException: ${BELOW_GREEDY}
    parent = create [$root, parent]
    create [$parent, '{child+}']
    create [$parent, child]
  refuses an unknown parent and an unknown API in the same sentence
    CreateResource {restApiId: $restApiId, pathPart: pets, parentId: wrong} !NotFoundException: ${UNKNOWN}
    CreateResource {parentId: $root, pathPart: pets, restApiId: wrong} !NotFoundException: ${UNKNOWN}
`;

answers('CreateResource', () => world({ quotas: { 'resources-per-rest-api': 2 } }))`
  refuses more resources than the quota, 300 by default
    create [$root, pets]
    create [$root, dogs]
      !LimitExceededException: Maximum number of Resources for this API has been reached.  Please contact AWS if you
      need additional Resources.
`;

answers('CreateResource', () => world({ throttle: true }))`
  is possible five times a second, as DeleteResource
    5 times create [$root, r$n]
    create [$root, more] !TooManyRequestsException
`;

describe('GetResources', () => {
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
});

answers('GetResources', petsApi)`
  truth 1: answers empty method objects, and no key without methods; embed=methods answers all
    PutIntegration {<<: $method, type: MOCK}
    GetResources {restApiId: $restApiId}
      -> {items=: [{id: $rootResourceId, path: /}, {id: $resourceId, parentId: $rootResourceId, pathPart: pets,
      path: /pets, resourceMethods: {GET: {}}}]}
    GetResources {restApiId: $restApiId, embed: [methods]}
      -> {items.0.resourceMethods: absent, items.1.resourceMethods: {GET: {httpMethod: GET, authorizationType: NONE,
      methodIntegration: {type: MOCK}}}}
    GetResource {restApiId: $restApiId, resourceId: $resourceId, embed: [methods]}
      -> {resourceMethods.GET.methodIntegration.type: MOCK}
`;

answers('GetResources', world)`
  refuses to embed something else
    GetResources {restApiId: $restApiId, embed: [integrations]} !BadRequestException
`;

it.each([
  ['replace', '/invalid', "'/invalid' specified for op 'replace'. Must be one of: [/parentId, /pathPart]"],
  ['remove', '/pathPart', "'/pathPart' specified for op 'remove'. Please choose supported operations"],
  ['add', '/pathPart', "'/pathPart' specified for op 'add'. Please choose supported operations"],
])('UpdateResource: refuses %s %s', async (op, path, rest) => {
  const { create, update, root } = await world();
  await refused(update(await create(root, 'pets'), op, path, 'x'), BAD, `Invalid patch path  ${rest}`);
});

answers('UpdateResource', world)`
  renames a resource; the paths of all below it follow
    pets = create [$root, pets]
    create2 = create [$pets, '{id}']
    create [$create2, food]
    update [$pets, replace, /pathPart, dogs] == {id: $pets, parentId: $root, pathPart: dogs, path: /dogs}
    paths == [/, /dogs, '/dogs/{id}', '/dogs/{id}/food']
  moves a resource with all below it
    create2 = create [$root, pets]
    sub = create [$create2, sub]
    create [$sub, pets]
    update [$sub, replace, /parentId, $root] -> {path: /sub, parentId: $root}
    paths == [/, /pets, /sub, /sub/pets]
  refuses a place that is taken, below itself, or below an unknown parent
    pets = create [$root, pets]
    sub = create [$pets, sub]
    inner = create [$sub, pets]
    create [$pets, pets]
    update [$sub, replace, /pathPart, pets]
      !ConflictException: Another resource with the same parent already has this name: pets
    update [$sub, replace, /parentId, $inner] !BadRequestException: Resources cannot be cyclical.
    update [$sub, replace, /parentId, $sub] !BadRequestException: Resources cannot be cyclical.
    update [$sub, replace, /parentId, wrong] !NotFoundException: ${UNKNOWN}
    update [wrong, replace, /pathPart, x] !NotFoundException: ${UNKNOWN}
    paths == [/, /pets, /pets/pets, /pets/sub, /pets/sub/pets]
  refuses to make a resource with children greedy
    pets = create [$root, pets]
    create [$pets, food]
    update [$pets, replace, /pathPart, '{proxy+}'] !BadRequestException: ${BELOW_GREEDY}
  refuses to change the root
    update [$root, replace, /pathPart, x] !BadRequestException: Root resource cannot update its pathPart.
    update [$root, replace, /parentId, $root] !BadRequestException: Root resource cannot update its parentId.
`;

answers('UpdateResource', petsApi)`
  keeps the methods of what it moves
    UpdateResource {restApiId: $restApiId, resourceId: $resourceId, patchOperations: [{op: replace, path: /pathPart,
      value: dogs}]} -> {resourceMethods=: {GET: {}}}
    GetMethod $method -> {httpMethod: GET}
`;

answers('DeleteResource', world)`
  truth 2: answers 202 and deletes all below the resource
    pets = create [$root, pets]
    pet = create [$pets, '{id}']
    DeleteResource {restApiId: $restApiId, resourceId: $pets} -> 202
    paths == [/]
    DeleteResource {restApiId: $restApiId, resourceId: $pet} !NotFoundException: ${UNKNOWN}
  refuses to delete the root
    DeleteResource {restApiId: $restApiId, resourceId: $root} !BadRequestException
`;
