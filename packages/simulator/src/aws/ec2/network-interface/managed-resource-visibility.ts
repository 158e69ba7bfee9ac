import type { Ec2State } from '../state.js';

const SETTING = 'managed-resource-visibility';

/**
 * Whether Describe calls leave out what other services manage unless they ask for it. What an account starts with is on
 * no public record; here it is `visible` [U].
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetManagedResourceVisibility.html
 */
export function managedResourcesHidden(ec2: Ec2State): boolean {
  return ec2.settings.get(SETTING) === 'hidden';
}

/** Changes the setting. */
export function hideManagedResources(ec2: Ec2State, hidden: boolean): void {
  ec2.settings.set(SETTING, hidden ? 'hidden' : 'visible');
}
