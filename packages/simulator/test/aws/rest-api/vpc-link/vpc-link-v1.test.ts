import { describe, expect, it } from 'vitest';
import { answers } from '../../../answers.js';
import { V1_DELETION_MS, V1_PROVISIONING_MS } from '../../../../src/aws/rest-apis/control/vpc-link.js';
import { bad, missing, newAccount, type Account } from '../deployed-account.js';

const READY = 'Your vpc link is ready for use';
const OCCUPIED = 'NLB is already associated with another VPC Endpoint Service';
const PROVISIONING =
  'NLB is not in active state. If you recently created this NLB, please wait for it to become active and try again.';

const create = (account: Account, target: string, name = 'orders'): string =>
  account.rest('CreateVpcLink', { name, targetArns: [target] }).id;
const read = (account: Account, vpcLinkId: string) => account.rest('GetVpcLink', { vpcLinkId });
const statusOf = ({ status, statusMessage }: Record<string, unknown>) => [status, statusMessage];

async function linked() {
  const account = newAccount();
  const arn = await account.activeBalancer();
  const id = create(account, arn);
  await account.advance(V1_PROVISIONING_MS);
  return { ...account, account, arn, id };
}
const integration = (connectionId: string) => ({
  type: 'HTTP_PROXY' as const,
  connectionType: 'VPC_LINK' as const,
  connectionId,
});

describe('truth 10: a V1 link', () => {
  it('is PENDING for minutes, then AVAILABLE; without tags only GetVpcLink has `tags`', async () => {
    const account = newAccount();
    const arn = await account.activeBalancer();
    const made = account.rest('CreateVpcLink', { name: 'orders', targetArns: [arn] });
    const fields = { id: expect.stringMatching(/^[a-z0-9]{6}$/), name: 'orders', targetArns: [arn] };
    expect(made).toEqual({ ...fields, status: 'PENDING' });
    expect(made).not.toHaveProperty('tags');
    await account.advance(V1_PROVISIONING_MS - 1);
    expect(read(account, made.id)).toEqual({ ...fields, status: 'PENDING', tags: {} });
    await account.advance(1);
    const ready = { ...fields, status: 'AVAILABLE', statusMessage: READY };
    expect(read(account, made.id)).toEqual({ ...ready, tags: {} });
    expect(account.rest('GetVpcLinks')).toEqual({ items: [ready] });
    expect(account.rest('GetVpcLinks').items[0]).not.toHaveProperty('tags');
  });

  it.each<[string, (account: Account) => string, string]>([
    [
      'the target is an application load balancer',
      (account) => account.balancer('orders', 'application'),
      'NLB ARN is malformed',
    ],
    [
      'the target is a listener',
      () => 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/net/a/50dc6c495c0c9188/f2f7dc8efc522ab2',
      'NLB ARN is malformed',
    ],
    ['the target is of another service', () => 'arn:aws:s3:::orders', 'NLB ARN is malformed'],
    [
      'the target does not exist',
      () => 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/a/50dc6c495c0c9188',
      'NLB does not exist',
    ],
    ['the target is provisioning', (account) => account.balancer('orders'), PROVISIONING],
  ])('becomes FAILED where %s', async (_, target, message) => {
    const account = newAccount();
    const id = create(account, target(account));
    expect(read(account, id).status).toBe('PENDING');
    await account.advance(V1_PROVISIONING_MS);
    expect(statusOf(read(account, id))).toEqual(['FAILED', message]);
    await account.advance(86_400_000);
    expect(read(account, id).status).toBe('FAILED');
  });

  it('becomes FAILED where another link has the target, which stays with the first', async () => {
    const { account, arn, id } = await linked();
    const second = create(account, arn, 'second');
    await account.advance(V1_PROVISIONING_MS);
    expect(statusOf(read(account, second))).toEqual(['FAILED', OCCUPIED]);
    account.rest('DeleteVpcLink', { vpcLinkId: second });
    await account.advance(V1_DELETION_MS);
    expect(account.state.loadBalancing.loadBalancers.get(arn)?.heldBy).toHaveLength(1);
    expect(read(account, id).status).toBe('AVAILABLE');
  });

  it('becomes FAILED where an endpoint service of the user has the target', async () => {
    const account = newAccount();
    const arn = await account.activeBalancer();
    account.state.loadBalancing.loadBalancers.get(arn)!.heldBy.push('vpce-svc-1');
    const id = create(account, arn);
    await account.advance(V1_PROVISIONING_MS);
    expect(statusOf(read(account, id))).toEqual(['FAILED', OCCUPIED]);
  });

  it.each(['orders', '*'])('becomes FAILED where a test plans it, by name: %s', async (name) => {
    const account = newAccount();
    const arn = await account.activeBalancer();
    account.state.restApi.failingVpcLinks.set(name, 'planned');
    const id = create(account, arn);
    await account.advance(V1_PROVISIONING_MS);
    expect(statusOf(read(account, id))).toEqual(['FAILED', 'planned']);
    expect(account.state.loadBalancing.loadBalancers.get(arn)?.heldBy).toEqual([]);
  });

  it('continues in a saved world', async () => {
    const account = newAccount();
    const id = create(account, await account.activeBalancer());
    await account.advance(60_000);
    account.cloud.load(structuredClone(account.cloud.save()));
    await account.advance(V1_PROVISIONING_MS);
    expect(read(account, id).status).toBe('AVAILABLE');
  });
});

answers('truth 10: a V1 link', newAccount)`
  has the description and the tags that are given
    balancer = balancer orders
    rest [CreateVpcLink, {name: orders, targetArns: [$balancer], description: to the orders, tags: {team: orders}}]
      -> {description: to the orders, tags: {team: orders}}
    rest [GetVpcLink, {vpcLinkId: $id}] -> {description: to the orders, tags: {team: orders}}
    rest GetVpcLinks -> {items: [{description: to the orders, tags: {team: orders}}]}
`;

answers('truth 10: a V1 link', linked)`
  changes its name and description, and nothing else
    rest [UpdateVpcLink, {vpcLinkId: $id, patchOperations: [{op: replace, path: /name, value: renamed}]}]
      -> {name: renamed, status: AVAILABLE, statusMessage: ${READY}, tags: {}}
    rest [UpdateVpcLink, {vpcLinkId: $id, patchOperations: [{op: replace, path: /description, value: new}]}]
      -> {name: renamed, description: new}
    rest [UpdateVpcLink, {vpcLinkId: $id, patchOperations: [{op: replace, path: /description, value: ''}]}]
      -> {description: absent}
    UpdateVpcLink {vpcLinkId: $id, patchOperations: [{op: replace, path: /name, value: ''}]}
      !400 BadRequestException: Name cannot be empty
    UpdateVpcLink {vpcLinkId: $id, patchOperations: [{op: add, path: /targetArns, value: x}]}
      !400 BadRequestException: Target arns are not allowed to be changed/added.
    UpdateVpcLink {vpcLinkId: $id, patchOperations: [{op: replace, path: /status, value: x}]}
      !400 BadRequestException: Invalid patch path  '/status' specified for op 'replace'. Must be one of: [/name,
      /description]
`;

describe('CreateVpcLink refuses', () => {
  const TARGET = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/a/50dc6c495c0c9188';
  it.each<[string, Record<string, unknown>, unknown]>([
    ['an empty name, before the target', { name: '', targetArns: ['x'] }, 'Name cannot be empty'],
    ['a target that is not an ARN', { targetArns: ['invalid-arn'] }, 'Invalid ARN. ARN is not well formed invalid-arn'],
    ['two targets', { targetArns: [TARGET, TARGET] }, 'More than one target arn specified for vpc link.'],
    ['no target', { targetArns: [] }, 'No target arn specified for vpc link.'],
    ['a tag that is AWS’s own', { tags: { 'aws:x': 'y' } }, expect.stringContaining('aws:')],
  ])('%s', (_, input, message) => {
    const account = newAccount();
    expect(account.refusal('CreateVpcLink', { name: 'orders', targetArns: [TARGET], ...input })).toEqual(bad(message));
    expect(account.rest('GetVpcLinks').items).toEqual([]);
  });
});

answers('CreateVpcLink refuses', newAccount)`
  the twenty-first link, whatever the others’ status
    20 times rest [CreateVpcLink, {name: orders,
      targetArns: [arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/a/50dc6c495c0c9188]}]
    advance ${V1_PROVISIONING_MS}
    CreateVpcLink {name: orders,
      targetArns: [arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/a/50dc6c495c0c9188]}
      !400 BadRequestException: There are too many Vpc Links defined for this account. Limit is 20.
`;

describe('DeleteVpcLink', () => {
  it('takes minutes; until then the load balancer cannot be deleted', async () => {
    const { account, arn, id } = await linked();
    const deletion = () => account.refusalOf('elasticloadbalancingv2', 'DeleteLoadBalancer', { LoadBalancerArn: arn });
    const held = {
      code: 'ResourceInUse',
      message: `Load balancer '${arn}' cannot be deleted because it is currently associated with another service`,
      status: 400,
    };
    expect(deletion()).toEqual(held);
    expect(account.rest('DeleteVpcLink', { vpcLinkId: id })).toEqual({});
    expect(statusOf(read(account, id))).toEqual(['DELETING', undefined]);
    await account.advance(V1_DELETION_MS - 1);
    expect(account.rest('DeleteVpcLink', { vpcLinkId: id })).toEqual({});
    expect(deletion()).toEqual(held);
    await account.advance(1);
    expect(deletion()).toBeUndefined();
    for (const operation of ['GetVpcLink', 'UpdateVpcLink', 'DeleteVpcLink']) {
      expect(account.refusal(operation, { vpcLinkId: id })).toEqual(missing('Invalid Vpc Link identifier specified'));
    }
  });

  it('of a link that is PENDING ends it before it is AVAILABLE', async () => {
    const account = newAccount();
    const arn = await account.activeBalancer();
    const vpcLinkId = create(account, arn);
    account.rest('DeleteVpcLink', { vpcLinkId });
    await account.advance(V1_PROVISIONING_MS);
    expect(account.rest('GetVpcLinks').items).toEqual([]);
    expect(account.state.loadBalancing.loadBalancers.get(arn)?.heldBy).toEqual([]);
  });

  it('truth 9: is refused while a deployment of a stage has the link, though the working copy has it no more', async () => {
    const { account, id } = await linked();
    const [one, two] = [account.newApi(), account.newApi()];
    const resources = [one, two].map((api) => account.putMethod(api, 'GET', integration(id)));
    for (const api of [one, two]) {
      account.deploy(api, { stageName: 'prod' });
      account.putMethod(api, 'GET');
    }
    expect(account.refusal('DeleteVpcLink', { vpcLinkId: id })).toEqual(
      bad(
        `Cannot delete vpc link. Vpc link '${id}', is referenced in [${one}:GET:${resources[0]}:prod, ` +
          `${two}:GET:${resources[1]}:prod] in format of [RESTApiId:Method:Resource:Stage].`,
      ),
    );
    for (const api of [one, two]) account.deploy(api, { stageName: 'prod' });
    // The old deployments still have the link, but no stage points to them.
    expect(account.refusal('DeleteVpcLink', { vpcLinkId: id })).toBeUndefined();
  });

  it('truth 9: is refused while an integration of a WebSocket API has the link', async () => {
    const { account, id } = await linked();
    const { ApiId } = account.call('apigatewayv2', 'CreateApi', {
      Name: 'chat',
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: '$request.body.action',
    });
    account.state.apiGateway.apis.get(ApiId)!.integrations.set('abc1234', {
      IntegrationId: 'abc1234',
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'ANY',
      ConnectionType: 'VPC_LINK',
      ConnectionId: id,
    });
    expect(account.refusal('DeleteVpcLink', { vpcLinkId: id })).toEqual(
      bad(expect.stringContaining(`[${ApiId}:ANY:abc1234]`)),
    );
  });
});

answers('DeleteVpcLink', linked)`
  truth 9: is refused while a working copy has the link
    api = newApi
    resource = putMethod [$api, ANY, ${integration('$id')}]
    DeleteVpcLink {vpcLinkId: $id}
      !400 BadRequestException: Cannot delete vpc link. Vpc link '$id', is referenced in [$api:ANY:$resource] in format
      of [RESTApiId:Method:Resource].
    putMethod [$api, ANY, ${integration('${stageVariables.link}')}]
    DeleteVpcLink {vpcLinkId: $id}
  truth 9: is refused while a canary’s deployment has the link
    api = api
    deploy [$api, {stageName: prod}]
    putMethod [$api, GET, ${integration('$id')}]
    deploy [$api, {stageName: prod, canarySettings: {percentTraffic: 1}}]
    putMethod [$api, GET]
    DeleteVpcLink {vpcLinkId: $id} !400 BadRequestException /:prod\]/
`;
