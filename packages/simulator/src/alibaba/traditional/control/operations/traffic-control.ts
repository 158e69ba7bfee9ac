import { defined } from '../../../../simulation/defined.js';
import { addPolicy, getPolicy, policiesOf } from '../api-policies/bindings.js';
import type { TrafficControlRow, IpControlItemRow, IpControlRow } from '../api-policies/state.js';
import { family, pluginName, say, written } from '../request/parameters.js';
import type { Parameter, AlibabaCall } from '../../../operation/operation.js';
import { numberedList, required, text, whole, action } from '../../../operation/family.js';
import { readBlock } from '../../../../simulation/addresses.js';

const UNITS = ['SECOND', 'MINUTE', 'HOUR', 'DAY'] as const;
const SPECIAL_TYPES = ['APP', 'USER'] as const;
const ID = { TrafficControlId: required(text) };
const description: Parameter = { type: 'string', length: [0, 200] };

const view = (row: TrafficControlRow) => ({
  TrafficControlId: row.id,
  TrafficControlName: row.name,
  TrafficControlUnit: row.unit,
  Description: row.description,
  ApiDefault: row.apiDefault,
  ...defined({ UserDefault: row.userDefault, AppDefault: row.appDefault }),
  SpecialPolicies: {
    SpecialPolicy: SPECIAL_TYPES.flatMap((type) => {
      const own = row.specials.filter((one) => one.type === type);
      if (own.length === 0) return [];

      const Special = own.map(({ key, limit }) => ({ SpecialKey: key, TrafficValue: limit }));
      return [{ SpecialType: type, Specials: { Special } }];
    }),
  },
  CreatedTime: written(row.createdAt),
  ModifiedTime: written(row.modifiedAt),
});

const TYPES = ['ALLOW', 'REFUSE'] as const;
const CONTROL_ID = { IpControlId: required(text) };
/** What one entry may name. */
const MOST_PER_ITEM = 10;

interface GivenItem {
  readonly CidrIp?: string | undefined;
  readonly AppId?: string | undefined;
}

/** Addresses, or blocks, with semicolons. Applications can be named in lists that allow only. */
function newItem(
  call: AlibabaCall,
  type: IpControlRow['type'],
  { CidrIp = '', AppId = '' }: GivenItem,
): IpControlItemRow {
  const given = CidrIp.split(';');
  if (given.length > MOST_PER_ITEM) throw say.exceeded('CidrIp');
  if (given.some((text) => readBlock(text.includes('/') ? text : `${text}/32`) === undefined))
    throw say.invalid('CidrIp');
  if (AppId !== '' && type !== 'ALLOW') throw say.invalid('AppId');

  return { id: call.id('P', 15, 'hex'), cidrIp: CidrIp, appId: AppId, createdAt: call.now };
}

/**
 * Throttling policies of the older form. Access control policies of the older form. Keys that sign calls to backends.
 */
export const trafficControlActions = family({
  CreateTrafficControl: {
    parameters: {
      TrafficControlName: required(pluginName),
      TrafficControlUnit: required({ type: 'string', values: UNITS }),
      ApiDefault: required(whole),
      UserDefault: whole,
      AppDefault: whole,
      Description: description,
    },
    run(call, { TrafficControlName, TrafficControlUnit, ApiDefault, UserDefault, AppDefault, Description = '' }) {
      const limits = { ApiDefault, UserDefault, AppDefault };
      for (const [name, limit] of Object.entries(limits)) if (limit !== undefined && limit < 1) throw say.invalid(name);
      const TrafficControlId = addPolicy(call, 'TrafficControl', {
        name: TrafficControlName,
        description: Description,
        unit: UNITS.find((unit) => unit === TrafficControlUnit) ?? 'DAY',
        apiDefault: ApiDefault,
        userDefault: UserDefault,
        appDefault: AppDefault,
        specials: [],
      });
      return { TrafficControlId };
    },
  },

  /** Sets the limit of a single application or account. Given again, it gets the new limit. */
  AddTrafficSpecialControl: {
    parameters: {
      ...ID,
      SpecialType: required({ type: 'string', values: SPECIAL_TYPES }),
      SpecialKey: required(text),
      TrafficValue: required(whole),
    },
    run({ state, now }, { TrafficControlId, SpecialType, SpecialKey, TrafficValue }) {
      const row = getPolicy(state, 'TrafficControl', TrafficControlId);
      const special = { type: SpecialType === 'USER' ? 'USER' : 'APP', key: SpecialKey, limit: TrafficValue } as const;
      const others = row.specials.filter(({ type, key }) => type !== special.type || key !== special.key);
      state.cloudApi.apiPolicies.set(row.id, { ...row, specials: [...others, special], modifiedAt: now });
      return {};
    },
  },

  DescribeTrafficControls: numberedList({
    parameters: { GroupId: text, ApiId: text, StageName: text },
    rows: ({ state }, { ApiId = '', StageName = '' }) =>
      policiesOf(state, 'TrafficControl')
        .filter(
          ({ bindings }) => ApiId === '' || bindings.some((one) => one.apiId === ApiId && one.stageName === StageName),
        )
        .map(view),
    same: ['TrafficControlId'],
    part: ['TrafficControlName'],
    as: ['TrafficControls', 'TrafficControl'],
  }),

  CreateIpControl: {
    parameters: {
      IpControlName: required(pluginName),
      IpControlType: required({ type: 'string', values: TYPES }),
      Description: { type: 'string', length: [0, 200] },
      IpControlPolicys: {
        type: 'list',
        items: { type: 'structure', members: { CidrIp: required(text), AppId: text } },
      },
    },
    run(call, { IpControlName, IpControlType, Description = '', IpControlPolicys = [] }) {
      const type = IpControlType === 'REFUSE' ? 'REFUSE' : 'ALLOW';
      const items = IpControlPolicys.map((given) => newItem(call, type, given));
      const IpControlId = addPolicy(call, 'IpControl', { name: IpControlName, description: Description, type, items });
      return { IpControlId };
    },
  },

  AddIpControlPolicyItem: action(
    { ...CONTROL_ID, CidrIp: required(text), AppId: text },
    (call, { IpControlId, ...given }) => {
      const row = getPolicy(call.state, 'IpControl', IpControlId);
      const item = newItem(call, row.type, given);
      call.state.cloudApi.apiPolicies.set(row.id, { ...row, items: [...row.items, item], modifiedAt: call.now });
      return { PolicyItemId: item.id };
    },
  ),

  /** Lists policies without their addresses. */
  DescribeIpControls: numberedList({
    parameters: { IpControlType: { type: 'string', values: TYPES } },
    rows: ({ state, region }) =>
      policiesOf(state, 'IpControl').map((row) => ({
        IpControlId: row.id,
        IpControlName: row.name,
        IpControlType: row.type,
        Description: row.description,
        RegionId: region,
        CreateTime: written(row.createdAt),
        ModifiedTime: written(row.modifiedAt),
      })),
    same: ['IpControlId', 'IpControlType'],
    part: ['IpControlName'],
    as: ['IpControlInfos', 'IpControlInfo'],
  }),

  DescribeIpControlPolicyItems: numberedList({
    parameters: CONTROL_ID,
    rows: ({ state }, { IpControlId }) =>
      getPolicy(state, 'IpControl', IpControlId).items.map(({ id, cidrIp, appId, createdAt }) => ({
        PolicyItemId: id,
        CidrIp: cidrIp,
        AppId: appId,
        CreateTime: written(createdAt),
        ModifiedTime: written(createdAt),
      })),
    same: ['PolicyItemId'],
    as: ['IpControlPolicyItems', 'IpControlPolicyItem'],
  }),

  CreateSignature: {
    parameters: {
      SignatureName: required(pluginName),
      SignatureKey: required({ type: 'string', pattern: /^[A-Za-z]\w{5,19}$/ }),
      SignatureSecret: required({ type: 'string', pattern: /^[A-Za-z][\w@#!*]{5,29}$/ }),
    },
    run(call, { SignatureName, SignatureKey, SignatureSecret }) {
      const given = { name: SignatureName, description: '', key: SignatureKey, secret: SignatureSecret };
      return { SignatureId: addPolicy(call, 'Signature', given), SignatureName };
    },
  },
});
