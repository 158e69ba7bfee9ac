import type { GetManagedResourceVisibilityRequest, GetManagedResourceVisibilityResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { managedResourcesHidden } from '../../ec2/network-interface/managed-resource-visibility.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetManagedResourceVisibility.html */
export const getManagedResourceVisibility = ec2Operation({
  name: 'GetManagedResourceVisibility',
  kind: 'read',
  run: ({ state: { ec2 } }, _input: GetManagedResourceVisibilityRequest): GetManagedResourceVisibilityResult => ({
    Visibility: { DefaultVisibility: managedResourcesHidden(ec2) ? 'hidden' : 'visible' },
  }),
});
