import { expect, it } from 'vitest';
import {
  assess,
  handoverReader,
  readHandoverSource,
  sourceDigest,
} from '../../../src/traditional/handover/internal.js';
import { REGION } from '../../world/simulated.js';
import { definition, publish, shop } from './shop.js';

const NEW = 'NEWLY_MADE';

/** A copy of an answer with another word for an attribute, wherever it has one. */
function edited(value: unknown, attribute: string): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => edited(one, attribute));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      name === attribute && typeof member === 'string' && member !== '' ? NEW : edited(member, attribute),
    ]),
  );
}

/** The group of the shop, with policies of the older form and all kinds of parameters. */
async function group() {
  const made = await shop();
  const { cloud, orders, groupId } = made;
  const bound = { GroupId: groupId, ApiIds: orders, StageName: 'RELEASE' };
  const control = cloud.call('CloudAPI', 'CreateTrafficControl', {
    TrafficControlName: 'limits',
    TrafficControlUnit: 'MINUTE',
    ApiDefault: 600,
  });
  const { TrafficControlId } = control;
  cloud.call('CloudAPI', 'SetTrafficControlApis', { TrafficControlId, ...bound });
  cloud.call('CloudAPI', 'AddTrafficSpecialControl', {
    TrafficControlId,
    SpecialType: 'APP',
    SpecialKey: '7',
    TrafficValue: 9,
  });
  const IpControlPolicys = [{ CidrIp: '10.0.0.0/8' }];
  const list = { IpControlName: 'office', IpControlType: 'REFUSE', IpControlPolicys };
  const { IpControlId } = cloud.call('CloudAPI', 'CreateIpControl', list);
  cloud.call('CloudAPI', 'SetIpControlApis', { IpControlId, ...bound });
  publish(
    cloud,
    definition(
      '/constant',
      { ServiceAddress: 'http://open.example.com' },
      {
        ConstantParameters: JSON.stringify([{ ServiceParameterName: 'shop', ConstantValue: '1', Location: 'Head' }]),
      },
    ),
  );
  return made;
}

it.each([
  ['AuthType', 'orders'],
  ['RequestMode', 'orders'],
  ['RequestProtocol', 'orders'],
  ['Location', 'constant'],
  ['Required', 'orders'],
  ['VpcScheme', 'orders'],
  ['ServiceProtocol', 'constant'],
  ['TrafficControlUnit', 'limits'],
  ['IpControlType', 'office'],
  ['SpecialType', 'limits'],
  ['InstanceType', ''],
])(
  'a word of the service that is not documented: is unknown, with the word and where it is: %s of %s',
  async (attribute, name) => {
    const { cloud, groupId } = await group();
    const api = cloud.simulation.alibaba(REGION);
    const read = (call: typeof api.call) =>
      handoverReader({ region: REGION, api: { ...api, call } }).read({ groupId }, cloud.ctx);
    const plain = await read(api.call);
    expect(plain.words).toBe(undefined);
    const source = await read(async (...given) => {
      const answer = await api.call(...given);
      return { ...answer, body: edited(answer.body, attribute) } as typeof answer;
    });
    const items = assess(source).items.filter(({ message }) => message.toUpperCase().includes(NEW));
    expect(items.length).toBeGreaterThan(0);
    expect([...new Set(items.map(({ verdict }) => verdict))]).toEqual(['unknown']);
    expect(items.some(({ source: of }) => of.name.includes(name))).toBe(true);
    expect(assess(plain).items.filter(({ message }) => message.includes(NEW))).toEqual([]);
    // A source that was saved has them, too, and is another group.
    expect(readHandoverSource(JSON.stringify(source)).words).toEqual(source.words);
    expect(sourceDigest(source)).not.toBe(sourceDigest(plain));
  },
);
