import type {
  ModifyManagedResourceVisibilityRequest,
  ModifyManagedResourceVisibilityResult,
} from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { invalidMember, need } from '../../ec2/request/errors.js';
import { hideManagedResources } from '../../ec2/network-interface/managed-resource-visibility.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyManagedResourceVisibility.html */
export const modifyManagedResourceVisibility = ec2Operation({
  name: 'ModifyManagedResourceVisibility',
  kind: 'write',
  run: ({ state: { ec2 } }, input: ModifyManagedResourceVisibilityRequest): ModifyManagedResourceVisibilityResult => {
    const wanted = need<string>(input.DefaultVisibility, 'defaultVisibility');
    if (wanted !== 'hidden' && wanted !== 'visible')
      throw invalidMember('defaultVisibility', wanted, 'Unknown setting.');
    hideManagedResources(ec2, wanted === 'hidden');
    return { Visibility: { DefaultVisibility: wanted } };
  },
});
