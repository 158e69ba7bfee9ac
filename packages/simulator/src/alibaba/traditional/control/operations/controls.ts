import { numberedList } from '../../../operation/numbered-list.js';
import { readBlock } from '../../../../simulation/addresses.js';
import { addPolicy, getPolicy, policiesOf } from '../api-policies/bindings.js';
import type { IpControlItemRow, IpControlRow } from '../api-policies/state.js';
import { family, pluginName, say, written } from '../request/parameters.js';
import type { AlibabaCall } from '../../../operation/operation.js';
import { required, text } from '../../../operation/parameters.js';
import { action } from '../../../operation/family.js';

const TYPES = ['ALLOW', 'REFUSE'] as const;
const ID = { IpControlId: required(text) };
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

/** Access control policies of the older form. */
export const ipControlActions = family({
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

  AddIpControlPolicyItem: action({ ...ID, CidrIp: required(text), AppId: text }, (call, { IpControlId, ...given }) => {
    const row = getPolicy(call.state, 'IpControl', IpControlId);
    const item = newItem(call, row.type, given);
    call.state.cloudApi.apiPolicies.set(row.id, { ...row, items: [...row.items, item], modifiedAt: call.now });
    return { PolicyItemId: item.id };
  }),

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
    parameters: ID,
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
});

/** Keys that sign calls to backends. */
export const signatureActions = family({
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
