import { expect } from 'vitest';
import { simulate, type SimulateOptions } from '../../../src/index.js';

/** A new account, and its EC2 in us-east-1 as a function of operation and input; a scene of scripts. */
export function newAccount(options: SimulateOptions = {}) {
  const sim = simulate({ seed: 7, ...options });
  // The outputs of eighty operations: each test uses those of its calls.
  const ec2: Ec2 = (operation, input = {}, region = 'us-east-1') =>
    sim.call({ service: 'ec2', operation, region }, input);
  return {
    sim,
    ec2,
    answer: (operation: string, input: object): any => ec2(operation, input),
    advance: (ms: number) => sim.advance(ms),
    plant: (planted: Parameters<typeof sim.plant>[1]) => sim.plant('us-east-1', planted),
    newVpc: (CidrBlock?: string) => newVpc(ec2, CidrBlock),
    newSubnet: (VpcId: string, CidrBlock: string) => newSubnet(ec2, VpcId, CidrBlock),
    newGroup: (VpcId: string, GroupName: string) => newGroup(ec2, VpcId, GroupName),
    newInterface: (SubnetId: string, more?: object) => newInterface(ec2, SubnetId, more),
  };
}

export type Ec2 = (operation: string, input?: object, region?: string) => any;

/** A VPC 10.0.0.0/16. */
export const newVpc = (ec2: Ec2, CidrBlock = '10.0.0.0/16'): string => ec2('CreateVpc', { CidrBlock }).Vpc.VpcId;

export const newSubnet = (ec2: Ec2, VpcId: string, CidrBlock: string): string =>
  ec2('CreateSubnet', { VpcId, CidrBlock, AvailabilityZone: 'us-east-1a' }).Subnet.SubnetId;

export const newGroup = (ec2: Ec2, VpcId: string, GroupName: string): string =>
  ec2('CreateSecurityGroup', { VpcId, GroupName, Description: `the group ${GroupName}` }).GroupId;

export const newInterface = (ec2: Ec2, SubnetId: string, more: object = {}): any =>
  ec2('CreateNetworkInterface', { SubnetId, ...more }).NetworkInterface;

/** What a refused call is expected to throw. */
export const refusal = (code: string, message?: string | RegExp) =>
  expect.objectContaining({ code, ...(message !== undefined && { message: expect.stringMatching(message) }) });

export const tcp = (port: number, CidrIp: string) => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  IpRanges: [{ CidrIp }],
});
