import { ServiceError } from '../operation/service-error.js';

/*
 * Wordings come from error reports that users published (the issue trackers of Terraform's AWS provider, of the AWS CDK and of
 * the AWS Load Balancer Controller). Codes are those of the service's model: on the wire they lack the suffix `Exception`.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/CommonErrors.html
 */

/** `ValidationError`: a member of the input is wrong in itself. */
export function invalid(message: string): ServiceError {
  return new ServiceError('ValidationError', message);
}

/** `InvalidConfigurationRequest`: the input is well-formed, but what it asks for cannot be. */
export function unfit(message: string): ServiceError {
  return new ServiceError('InvalidConfigurationRequest', message);
}

export function loadBalancerNotFound(arn?: string): ServiceError {
  const message = arn === undefined ? 'One or more load balancers not found' : `Load balancer '${arn}' not found`;
  return new ServiceError('LoadBalancerNotFound', message);
}

export function listenerNotFound(): ServiceError {
  return new ServiceError('ListenerNotFound', 'One or more listeners not found');
}

export function ruleNotFound(): ServiceError {
  return new ServiceError('RuleNotFound', 'One or more rules not found');
}

export function targetGroupNotFound(): ServiceError {
  return new ServiceError('TargetGroupNotFound', 'One or more target groups not found');
}

export function trustStoreNotFound(arn: string): ServiceError {
  return new ServiceError('TrustStoreNotFound', `Trust store '${arn}' not found`);
}

export function priorityInUse(priority: number): ServiceError {
  return new ServiceError('PriorityInUse', `Priority '${priority}' is currently in use`);
}
