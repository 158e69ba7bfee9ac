import { Route53 } from '@aws-sdk/client-route-53';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { simulate } from '../../../src/index.js';

const sim = simulate({ seed: 3, throttle: false });
const { ec2, route53: direct } = sim.clients('eu-west-1');
let route53: Route53;
let server: Awaited<ReturnType<typeof sim.listen>>;
let references = 0;
beforeAll(async () => {
  server = await sim.listen();
  const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'any' };
  route53 = new Route53({ endpoint: server.url, region: 'us-east-1', credentials });
});
afterAll(async () => {
  route53.destroy();
  await server.close();
});

async function newZone(Name: string) {
  const { HostedZone, ...rest } = await route53.createHostedZone({
    Name,
    CallerReference: `zone ${(references += 1)}`,
  });
  return { Id: HostedZone?.Id ?? '', HostedZone, ...rest };
}
const newVpc = async () => ({
  VPCId: (await ec2.createVpc({ CidrBlock: '10.0.0.0/16' })).Vpc?.VpcId,
  VPCRegion: 'eu-west-1' as const,
});
const change = (HostedZoneId: string, Action: 'CREATE' | 'DELETE' | 'UPSERT', ResourceRecordSet: object) =>
  route53.changeResourceRecordSets({
    HostedZoneId,
    ChangeBatch: { Changes: [{ Action, ResourceRecordSet: ResourceRecordSet as never }] },
  });
const a = (Name: string, Value = '10.0.0.1') => ({ Name, Type: 'A', TTL: 60, ResourceRecords: [{ Value }] });
const namesOf = async (Id: string, from: object = {}) => {
  const { ResourceRecordSets = [] } = await route53.listResourceRecordSets({ HostedZoneId: Id, ...from });
  return ResourceRecordSets.map(({ Name, Type }) => `${Name} ${Type}`);
};

describe('a hosted zone', () => {
  it('begins with name servers and a start of authority, and its creation spreads in a minute', async () => {
    const { Id, HostedZone, ChangeInfo, DelegationSet, Location } = await newZone('Shop.Example.com');
    expect(HostedZone).toMatchObject({
      Name: 'shop.example.com.',
      Config: { PrivateZone: false },
      ResourceRecordSetCount: 2,
    });
    expect(Location).toBe(`https://route53.amazonaws.com/2013-04-01${Id}`);
    expect(DelegationSet?.NameServers).toHaveLength(4);
    expect(await namesOf(Id)).toEqual(['shop.example.com. NS', 'shop.example.com. SOA']);
    const { Id: changeId = '', Status } = ChangeInfo ?? {};
    expect(Status).toBe('PENDING');
    await sim.advance(60_000);
    expect((await route53.getChange({ Id: changeId })).ChangeInfo?.Status).toBe('INSYNC');
    expect((await route53.getDNSSEC({ HostedZoneId: Id })).Status?.ServeSignature).toBe('NOT_SIGNING');
    expect((await direct.getHostedZone({ Id })).HostedZone).toEqual(HostedZone);
  });

  it('is created once for a caller reference, and deleted without records of its own', async () => {
    const { Id, HostedZone } = await newZone('once.example.com');
    const again = { Name: 'other.example.com', CallerReference: HostedZone?.CallerReference };
    await expect(route53.createHostedZone(again)).rejects.toMatchObject({ name: 'HostedZoneAlreadyExists' });
    await change(Id, 'CREATE', a('www.once.example.com'));
    await expect(route53.deleteHostedZone({ Id })).rejects.toMatchObject({ name: 'HostedZoneNotEmpty' });
    await change(Id, 'DELETE', a('www.once.example.com'));
    await route53.deleteHostedZone({ Id });
    await expect(route53.getHostedZone({ Id })).rejects.toMatchObject({ name: 'NoSuchHostedZone' });
  });

  it('has tags and a comment that change', async () => {
    const { Id } = await newZone('tags.example.com');
    const tag = { ResourceType: 'hostedzone', ResourceId: Id.replace('/hostedzone/', '') } as const;
    await route53.changeTagsForResource({ ...tag, AddTags: [{ Key: 'team', Value: '<a & b>' }] });
    expect((await route53.listTagsForResource(tag)).ResourceTagSet?.Tags).toEqual([{ Key: 'team', Value: '<a & b>' }]);
    await route53.changeTagsForResource({ ...tag, RemoveTagKeys: ['team'] });
    expect((await route53.listTagsForResource(tag)).ResourceTagSet?.Tags).toEqual([]);
    expect((await route53.updateHostedZoneComment({ Id, Comment: 'b' })).HostedZone?.Config?.Comment).toBe('b');
  });
});

describe('a private hosted zone', () => {
  it('has VPCs, at least one, and no other zone of its name there', async () => {
    const [VPC, second] = [await newVpc(), await newVpc()];
    const zone = { Name: 'shop.internal', CallerReference: 'private', VPC };
    const { HostedZone } = await route53.createHostedZone(zone);
    const HostedZoneId = HostedZone?.Id ?? '';
    await expect(route53.createHostedZone({ ...zone, CallerReference: 'second' })).rejects.toMatchObject({
      name: 'ConflictingDomainExists',
    });
    const last = { HostedZoneId, VPC };
    await expect(route53.disassociateVPCFromHostedZone(last)).rejects.toMatchObject({ name: 'LastVPCAssociation' });
    await route53.associateVPCWithHostedZone({ HostedZoneId, VPC: second });
    expect((await route53.getHostedZone({ Id: HostedZoneId })).VPCs).toEqual([VPC, second]);
    await route53.disassociateVPCFromHostedZone(last);
    await expect(route53.getDNSSEC({ HostedZoneId })).rejects.toMatchObject({ name: 'InvalidArgument' });
    const unknown = { HostedZoneId, VPC: { ...VPC, VPCId: 'vpc-0123' } };
    await expect(route53.associateVPCWithHostedZone(unknown)).rejects.toMatchObject({ name: 'InvalidVPCId' });
  });

  it('of no VPC is public, and gets none', async () => {
    const { Id } = await newZone('public.example.com');
    const VPC = await newVpc();
    await expect(route53.associateVPCWithHostedZone({ HostedZoneId: Id, VPC })).rejects.toMatchObject({
      name: 'PublicZoneVPCAssociation',
    });
  });
});

describe('records', () => {
  it('are listed by their labels reversed, from a name and a type on', async () => {
    const { Id } = await newZone('order.example.com');
    for (const name of ['b', 'a', 'z.a', '*']) await change(Id, 'CREATE', a(`${name}.order.example.com`));
    expect(await namesOf(Id)).toEqual([
      'order.example.com. NS',
      'order.example.com. SOA',
      '\\052.order.example.com. A',
      'a.order.example.com. A',
      'z.a.order.example.com. A',
      'b.order.example.com. A',
    ]);
    const from = { StartRecordName: 'a.order.example.com', MaxItems: 2 };
    const page = await route53.listResourceRecordSets({ HostedZoneId: Id, ...from });
    expect(page).toMatchObject({ IsTruncated: true, NextRecordName: 'b.order.example.com.', NextRecordType: 'A' });
    expect(page.ResourceRecordSets).toHaveLength(2);
    const { HostedZones = [] } = await route53.listHostedZonesByName({ DNSName: 'order.example.com', MaxItems: 1 });
    expect(HostedZones.map(({ Name }) => Name)).toEqual(['order.example.com.']);
  });

  it('keep aliases and weights as they are given', async () => {
    const { Id } = await newZone('alias.example.com');
    const AliasTarget = {
      HostedZoneId: 'Z26RNL4JYFTOTI',
      DNSName: 'Orders.elb.example.com',
      EvaluateTargetHealth: true,
    };
    const alias = { Name: 'x.alias.example.com', Type: 'A', SetIdentifier: 'one', Weight: 0, AliasTarget };
    await change(Id, 'UPSERT', alias);
    const { ResourceRecordSets = [] } = await route53.listResourceRecordSets({ HostedZoneId: Id });
    expect(ResourceRecordSets.at(-1)).toEqual({
      ...alias,
      Name: 'x.alias.example.com.',
      AliasTarget: { ...AliasTarget, DNSName: 'orders.elb.example.com.' },
    });
  });

  const cname = (Name: string) => ({ Name, Type: 'CNAME', TTL: 60, ResourceRecords: [{ Value: 'a.example.com' }] });
  it.each([
    ['CREATE', a('www.bad.example.com'), "[name='www.bad.example.com.', type='A'] but it already exists"],
    [
      'CREATE',
      a('www.elsewhere.com'),
      'RRSet with DNS name www.elsewhere.com. is not permitted in zone bad.example.com.',
    ],
    ['CREATE', cname('www.bad.example.com'), 'a conflicting RRSet of type  A with the same DNS name already exists'],
    ['CREATE', cname('bad.example.com'), 'is not permitted at apex in zone bad.example.com.'],
    ['UPSERT', a('www.bad.example.com', '10.0.0'), 'ARRDATAIllegalIPv4Address'],
    ['DELETE', a('absent.bad.example.com'), "[name='absent.bad.example.com.', type='A'] but it was not found"],
    ['DELETE', a('www.bad.example.com', '10.0.0.2'), 'the values provided do not match the current values'],
  ] as const)('%s of %j is refused', async (action, record, message) => {
    const { Id } = await newZone('bad.example.com');
    await change(Id, 'CREATE', a('www.bad.example.com'));
    const refusal = await change(Id, action, record).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ name: 'InvalidChangeBatch', message: expect.stringContaining(message) });
    expect(await namesOf(Id)).toHaveLength(3);
  });

  it('are refused without values, and the first records stay', async () => {
    const { Id } = await newZone('form.example.com');
    const bare = { Name: 'www.form.example.com', Type: 'A' };
    await expect(change(Id, 'CREATE', bare)).rejects.toMatchObject({
      name: 'InvalidInput',
      message: expect.stringContaining('but found none in Change with [Action=CREATE, Name=www.form.example.com'),
    });
    const { ResourceRecordSets = [] } = await route53.listResourceRecordSets({ HostedZoneId: Id });
    await expect(change(Id, 'DELETE', ResourceRecordSets[1] ?? {})).rejects.toMatchObject({
      name: 'InvalidChangeBatch',
      message: expect.stringContaining('exactly one SOA record'),
    });
  });
});
