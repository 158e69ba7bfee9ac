import type { VpcEncryptionControl } from '@aws-sdk/client-ec2';
import { invalidMember, need, refuse } from '../request/text-rules.js';
import { family, tagList, tagsFrom } from '../request/family.js';
import { checkId, needRow, ID, PART_ID, notFound } from '../request/ids.js';
import { shownFilters, listRows } from '../request/filters.js';
import { ServiceError } from '../../operation/operation.js';
import type { EncryptionControlRow, Ec2State, VpcRow } from '../state.js';

/** The exclusions that are not simulated. */
const OTHERS = [
  'InternetGatewayExclusion',
  'EgressOnlyInternetGatewayExclusion',
  'NatGatewayExclusion',
  'VirtualPrivateGatewayExclusion',
  'VpcPeeringExclusion',
  'LambdaExclusion',
  'VpcLatticeExclusion',
  'ElasticFileSystemExclusion',
  'GlobalAcceleratorExclusion',
] as const;

/**
 * Encryption controls of VPCs. What `enforce` does to traffic is not documented for VPC links [U], so that no call is refused here.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEncryptionControl.html
 */
export const encryptionControlOperations = family({
  /** A VPC has one control. A new one monitors. */
  CreateVpcEncryptionControl(call, input) {
    const vpc = needRow(call.state.ec2, ID.vpc, input.VpcId);
    // [U] the code
    if (vpc.encryptionControl) {
      throw new ServiceError(
        'VpcEncryptionControlAlreadyExists',
        `The vpc '${vpc.id}' has an encryption control already.`,
      );
    }

    const tags = tagsFrom(input.TagSpecifications, 'vpc-encryption-control');
    vpc.encryptionControl = {
      id: call.id(PART_ID.encryptionControl.prefix),
      mode: 'monitor',
      excludesApiGateway: false,
      tags,
    };
    return { VpcEncryptionControl: viewOf(vpc, vpc.encryptionControl) };
  },

  /** Changes the mode, and whether API Gateway V2 is excluded. */
  ModifyVpcEncryptionControl(call, input) {
    refuse(input, OTHERS);
    const { vpc, control } = find(call.state.ec2, need(input.VpcEncryptionControlId, 'vpcEncryptionControlId'));
    const { Mode: mode = control.mode, ApiGatewayV2Exclusion: exclusion } = input;
    if (mode !== 'monitor' && mode !== 'enforce') throw invalidMember('mode', mode, 'Invalid mode.');

    Object.assign(control, {
      mode,
      ...(exclusion === undefined ? {} : { excludesApiGateway: exclusion === 'enable' }),
    });
    return { VpcEncryptionControl: viewOf(vpc, control) };
  },

  DeleteVpcEncryptionControl(call, input) {
    const { vpc, control } = find(call.state.ec2, need(input.VpcEncryptionControlId, 'vpcEncryptionControlId'));
    vpc.encryptionControl = undefined;
    return { VpcEncryptionControl: { ...viewOf(vpc, control), State: 'deleting' } };
  },

  DescribeVpcEncryptionControls({ state }, input, list) {
    const { VpcIds: vpcIds, Filters: filters = [], VpcEncryptionControlIds: wanted, ...rest } = input;
    const controls = [...state.ec2.vpcs.values()].flatMap((vpc) => {
      const control = vpc.encryptionControl;
      return control ? [[control.id, { id: control.id, vpc, control }] as const] : [];
    });
    const { rows, next } = listRows(
      { ...rest, Filters: vpcIds ? [...filters, { Name: 'vpc-id', Values: vpcIds }] : filters },
      {
        list,
        rows: new Map(controls),
        filters: FILTERS,
        tagsOf: ({ control }) => control.tags,
        ids: { wanted, kind: PART_ID.encryptionControl, member: 'vpcEncryptionControlIds' },
      },
    );
    return { VpcEncryptionControls: rows.map(({ vpc, control }) => viewOf(vpc, control)), NextToken: next };
  },
});

const FILTERS = shownFilters(
  'vpc-id mode state vpc-encryption-control-id',
  ({ vpc, control }: { readonly vpc: VpcRow; readonly control: EncryptionControlRow }) => viewOf(vpc, control),
);

function find(ec2: Ec2State, id: string): { readonly vpc: VpcRow; readonly control: EncryptionControlRow } {
  checkId(id, PART_ID.encryptionControl);
  for (const vpc of ec2.vpcs.values()) {
    if (vpc.encryptionControl?.id === id) return { vpc, control: vpc.encryptionControl };
  }
  throw notFound(PART_ID.encryptionControl, id);
}

function viewOf(vpc: VpcRow, { id, mode, excludesApiGateway, tags }: EncryptionControlRow): VpcEncryptionControl {
  return {
    VpcEncryptionControlId: id,
    VpcId: vpc.id,
    Mode: mode,
    State: 'available',
    ...(excludesApiGateway ? { ResourceExclusions: { ApiGatewayV2: { State: 'enabled' } } } : {}),
    Tags: tagList(tags),
  };
}
