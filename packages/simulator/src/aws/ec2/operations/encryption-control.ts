import type { VpcEncryptionControl } from '@aws-sdk/client-ec2';
import { invalidMember, need, refuse } from '../request/text-rules.js';
import { family, listing } from '../request/family.js';
import { checkId, getRow, ID, notFound } from '../request/ids.js';
import { tagList, tagsFrom } from '../request/tags.js';
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
    const vpc = getRow(call.state.ec2.vpcs, need(input.VpcId, 'vpcId'), ID.vpc);
    // [U] the code
    if (vpc.encryptionControl) {
      throw new ServiceError(
        'VpcEncryptionControlAlreadyExists',
        `The vpc '${vpc.id}' has an encryption control already.`,
      );
    }

    const tags = tagsFrom(input.TagSpecifications, 'vpc-encryption-control');
    vpc.encryptionControl = {
      id: call.id(ID.encryptionControl.prefix),
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

  DescribeVpcEncryptionControls(call, input, name) {
    const { VpcIds: ids, Filters: filters = [], ...rest } = input;
    return list(call, { ...rest, Filters: ids ? [...filters, { Name: 'vpc-id', Values: ids }] : filters }, name);
  },
});

const list = listing({
  rows: ({ vpcs }) =>
    new Map(
      [...vpcs.values()].flatMap((vpc) => {
        const control = vpc.encryptionControl;
        return control ? [[control.id, { id: control.id, tags: control.tags, vpc, control }] as const] : [];
      }),
    ),
  ids: ['VpcEncryptionControlIds', ID.encryptionControl],
  as: 'VpcEncryptionControls',
  view: ({ vpc, control }) => viewOf(vpc, control),
  filters: {
    'vpc-id': ({ vpc }) => vpc.id,
    mode: ({ control }) => control.mode,
    state: () => 'available',
    'vpc-encryption-control-id': ({ control }) => control.id,
  },
});

function find(ec2: Ec2State, id: string): { readonly vpc: VpcRow; readonly control: EncryptionControlRow } {
  checkId(id, ID.encryptionControl);
  for (const vpc of ec2.vpcs.values()) {
    if (vpc.encryptionControl?.id === id) return { vpc, control: vpc.encryptionControl };
  }
  throw notFound(ID.encryptionControl, id);
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
