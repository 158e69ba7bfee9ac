import { createHmac } from 'node:crypto';
import { publish, shop as groupShop } from '../traffic/alibaba/shop.js';
import { openShop } from '../traffic/aws/http-api/shop.js';
import { file, taken, type Scenario, type Simulate } from './data-path.js';
import { mistakesIn } from '../mistakes-in.js';

const NAME = 'api.example.com';
const HANGZHOU = 'cn-hangzhou';
const MINUTE = 60_000;

const mapped: Scenario<Simulate> = {
  title: 'a domain name with mappings of one and of two levels, and names that a certificate does not cover',
  run: async (make) => {
    const world = await openShop();
    const { ApiId, call } = world;
    const { CertificateArn } = call('acm', 'RequestCertificate', {
      DomainName: '*.example.com',
      ValidationMethod: 'DNS',
    });
    await world.sim.advance(10 * MINUTE);
    const { sim, gateway } = taken(world.sim, make);
    const create = (DomainName: string, more: object = {}): string => {
      try {
        gateway('CreateDomainName', { DomainName, DomainNameConfigurations: [{ CertificateArn }], ...more });
        return 'created';
      } catch {
        return 'refused';
      }
    };
    const mutual = { MutualTlsAuthentication: { TruststoreUri: 's3://trust/store.pem' } };
    const created = [
      create(NAME),
      create('eu.api.example.com'),
      create('example.com'),
      create('closed.example.com', mutual),
    ];
    gateway('CreateStage', { ApiId, StageName: 'prod', AutoDeploy: true });
    const map = (Stage: string, ApiMappingKey: string, DomainName = NAME): void =>
      gateway('CreateApiMapping', { DomainName, ApiId, Stage, ApiMappingKey });
    map('$default', 'orders');
    map('prod', 'orders/v1');
    map('$default', '', 'closed.example.com');
    const reach = async (path: string, host = NAME): Promise<string> => {
      const { status, body } = await sim.traffic.call({ host, path });
      return `${status} ${(JSON.parse(body) as { path?: string }).path ?? ''}`;
    };
    const reached = [await reach('/orders/v1/7'), await reach('/orders/v2/7'), await reach('/ordersandmore')];
    return { created, reached, closed: await reach('/', 'closed.example.com') };
  },
  wanted: {
    created: ['created', 'refused', 'refused', 'created'],
    reached: ['200 /prod/7', '200 /orders/v2/7', '403 '],
    closed: '403 ',
  },
  mistakes: [
    ...mistakesIn(file('aws/traffic/domains.ts'), [
      [
        'only the first part of a path is looked up in the mappings',
        'let base = path.slice(1);',
        "let base = path.slice(1).split('/')[0] ?? '';",
      ],
      [
        'a domain name with mutual TLS takes callers without a certificate',
        'if (fields.mutualTlsAuthentication === undefined) return undefined;',
        'if (fields !== undefined) return undefined;',
      ],
    ]),
    ...mistakesIn(file('aws/rest-apis/control/domain/domain.ts'), [
      [
        'a wildcard of a certificate covers names of any depth',
        "domainName.slice(domainName.indexOf('.')) === name.slice(1)",
        'domainName.endsWith(name.slice(1))',
      ],
    ]),
  ],
};

const signed: Scenario<Simulate> = {
  title: 'signed calls of an application that may call an API on one stage',
  run: async (make) => {
    const world = await groupShop();
    const { cloud, groupId: GroupId, host } = world;
    const api = { path: '/app', access: 'server', more: { AuthType: 'APP' } };
    const ApiId = publish(cloud, GroupId, api);
    cloud.cloudapi('DeployApi', { GroupId, ApiId, StageName: 'TEST', Description: 'new' });
    const { AppId } = cloud.cloudapi('CreateApp', { AppName: 'caller' }) as unknown as { AppId: number };
    cloud.cloudapi('SetAppsAuthorities', { GroupId, ApiId, StageName: 'RELEASE', AppIds: String(AppId) });
    const secrets = cloud.cloudapi('DescribeAppSecurity', { AppId }) as unknown as Record<string, string>;
    await world.sim.advance(MINUTE);
    const { sim } = taken(world.sim, make, { clock: 'auto' });
    const call = async (nonce: string, offMs = 0, more: Record<string, string> = {}): Promise<string> => {
      const signedHeaders: Record<string, string> = {
        'X-Ca-Key': secrets['AppKey'] ?? '',
        'X-Ca-Nonce': nonce,
        'X-Ca-Timestamp': String(Date.now() + offMs),
      };
      const names = Object.keys(signedHeaders);
      const text = ['GET', '', '', '', '', ...names.map((name) => `${name}:${signedHeaders[name]}`), '/app'].join('\n');
      const headers = {
        ...signedHeaders,
        ...more,
        'X-Ca-Signature-Headers': names.join(','),
        'X-Ca-Signature': createHmac('sha256', secrets['AppSecret'] ?? '')
          .update(text)
          .digest('base64'),
      };
      const answer = await sim.traffic.call({ host, path: '/app', headers });
      return String(answer.headers['x-ca-error-code'] ?? answer.status);
    };
    return {
      nonces: [await call('one'), await call('one'), await call('two')],
      clocks: [await call('late', -20 * MINUTE), await call('early', 20 * MINUTE), await call('near', 14 * MINUTE)],
      otherStage: await call('stage', 0, { 'X-Ca-Stage': 'TEST' }),
    };
  },
  wanted: {
    nonces: ['200', 'S403NU', '200'],
    clocks: ['S403TE', 'S403TE', '200'],
    otherStage: 'I403AA',
  },
  mistakes: [
    ...mistakesIn(file('alibaba/traditional/served/application/nonces.ts'), [
      ['a nonce is not remembered', 'this.#until.set(nonce, now + SIGNED_FOR_MS);', ''],
    ]),
    ...mistakesIn(file('alibaba/traditional/served/application/application.ts'), [
      [
        'a clock may be ahead by any time',
        'Math.abs(nonces.now() - Number(timestamp))',
        '(nonces.now() - Number(timestamp))',
      ],
      [
        'an authorization for RELEASE holds for all stages',
        'authorizationKey(api.id, version.stageName, id)',
        "authorizationKey(api.id, 'RELEASE', id)",
      ],
    ]),
  ],
};

const lists: Scenario<Simulate> = {
  title: 'an instance with a black list, and a domain that is bound to a stage',
  run: async (make) => {
    const world = await groupShop();
    const { groupId: GroupId, linkId: InstanceId, host } = world;
    const { sim } = taken(world.sim, make, { clock: 'auto' });
    const cloudapi = (action: string, input: object): any =>
      sim.callAlibaba({ product: 'CloudAPI', action, region: HANGZHOU }, { ...input });
    const ended = async (to: string, headers: Record<string, string> = {}): Promise<string> => {
      const { outcome, trace } = await sim.traffic.call({ host: to, path: '/orders/7', headers });
      return `${outcome} ${trace.stage}`;
    };
    cloudapi('SetDomain', { GroupId, DomainName: NAME, BindStageName: 'RELEASE' });
    const stages = [await ended(NAME, { 'x-ca-stage': 'TEST' })];
    cloudapi('SetDomain', { GroupId, DomainName: NAME, BindStageName: 'TEST' });
    stages.push(await ended(NAME, { 'x-ca-stage': 'RELEASE' }));
    const { AclId } = cloudapi('CreateAccessControlList', { AclName: 'callers' });
    const add = (entry: string): void =>
      cloudapi('AddAccessControlListEntry', { AclId, AclEntrys: JSON.stringify([{ entry, comment: '' }]) });
    add('198.51.100.0/24');
    const use = { InstanceId, AclId, AddressIPVersion: 'ipv4' };
    cloudapi('EnableInstanceAccessControl', { ...use, AclType: 'black' });
    const listed = [await ended(host)];
    add('203.0.113.0/24');
    return { stages, listed: [...listed, await ended(host)] };
  },
  wanted: {
    stages: ['delivered RELEASE', 'no-route TEST'],
    listed: ['delivered RELEASE', 'unauthorized '],
  },
  mistakes: [
    ...mistakesIn(file('alibaba/traditional/control/access-control/caller-lists.ts'), [
      ['a black list is used as a white list', "if (used.type === 'black')", "if (used.type !== 'black')"],
    ]),
    ...mistakesIn(file('alibaba/traditional/served/group.ts'), [
      [
        'a call chooses the stage of a domain that is bound to one',
        "domain.stageName ?? (call.headers[STAGE_HEADER] ?? 'RELEASE')",
        "(call.headers[STAGE_HEADER] ?? domain.stageName ?? 'RELEASE')",
      ],
    ]),
  ],
};

/** Of custom domains, applications and lists of callers. */
export const DOMAINS: readonly Scenario<Simulate>[] = [mapped, signed, lists];
