import { none, oneOf, optional, strict, type Infer } from '../forms/form.js';
import { set, sorted } from '../forms/lists.js';
import { count, optionalFlag, optionalText, port, raw, remark, text } from '../forms/resource-values.js';

const registeredGroupShape = {
  targetGroupId: text,
  /** The port of the members at which they are registered. Undefined: that of the group, or each member has its own. */
  port: optional(port),
  /** The container of each member that has the port, where the cloud names one. */
  container: optionalText,
};

/** A target group, and how members of a registrar are registered in it. */
export interface RegisteredGroup extends Infer<typeof registeredGroupShape> {}

const registeredServiceShape = {
  /** ARN of a discovery service. */
  serviceId: text,
  /** The port with which members are registered. Undefined: they are registered without a port. */
  port: optional(port),
};

/** A discovery service, and how members of a registrar are registered in it. */
export interface RegisteredService extends Infer<typeof registeredServiceShape> {}

const weighedActionShape = {
  /** A rule; a listener: its default actions; or a target group: every action that leads to it. */
  id: text,
  /** The listener of the rule, where its ID says it. A rule that the listener does not list is its default. */
  listenerId: optionalText,
  /** `production`: the calls of all callers. `test`: those that show whether new members answer. */
  use: oneOf('production', 'test'),
  /** The groups that it shares the calls among. */
  targetGroupIds: set(text),
};

/** An action of a listener whose weights the deployments of a registrar write. */
export interface WeighedAction extends Infer<typeof weighedActionShape> {}

export const registrarShape = {
  /** ARN. */
  id: text,
  name: none(remark),
  /** `service`: its members are tasks (ECS); `scaling-group`: they are instances (Auto Scaling). */
  kind: oneOf('service', 'scaling-group'),
  /** The target groups in which it registers its members. */
  targetGroups: sorted(strict<RegisteredGroup>()(registeredGroupShape), ['targetGroupId', 'port', 'container']),
  /** The discovery services in which it registers its members. */
  registries: sorted(strict<RegisteredService>()(registeredServiceShape), ['serviceId', 'port']),
  /** Where its members get interfaces. Undefined: not read, or it does not decide that: tasks that use the interface of their instance. */
  subnetIds: optional(set(text)),
  /** The security groups of its members. Undefined: as above. */
  securityGroupIds: optional(set(text)),
  /** The number of members that are wanted. Undefined: not read, or each instance of its cluster has a member. */
  desired: optional(count),
  /** How many members run. */
  running: optional(count),
  /** How many members start. */
  pending: optional(count),
  /** Whether it replaces its members now. */
  deploying: optionalFlag,
  /** The cloud's own name of how deployments replace members: `BLUE_GREEN`. Undefined: not read, or there is one way only. */
  strategy: optionalText,
  /** The actions of listeners whose weights its deployments write. */
  weighs: optional(sorted(strict<WeighedAction>()(weighedActionShape), ['id', 'use'])),
  /** Whether it also replaces members that fail the health checks of their target groups; services do. */
  followsTargetHealth: optionalFlag,
  /** The cloud's last reason why members ended or could not be started. */
  stoppedReason: optionalText,
  account: optionalText,
  raw,
};

/**
 * What registers its members in target groups and discovery services by itself, and takes them out again: a service of
 * containers, a group of instances that scales.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/autoscaling-load-balancer.html
 */
export interface Registrar extends Infer<typeof registrarShape> {}
