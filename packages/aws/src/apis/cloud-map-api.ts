import type { Send } from './send.js';

export interface ServiceOutput {
  readonly Id?: string | undefined;
  readonly Arn?: string | undefined;
  readonly Name?: string | undefined;
  readonly HealthCheckConfig?: object | undefined;
  readonly HealthCheckCustomConfig?: object | undefined;
}

export interface InstanceOutput {
  readonly Id?: string | undefined;
  readonly Attributes?: Readonly<Record<string, string>> | undefined;
}

/** The part of AWS Cloud Map that is used here. The SDK's `ServiceDiscovery` satisfies it. */
export interface CloudMapApi {
  readonly getService: Send<{ Id: string }, { readonly Service?: ServiceOutput | undefined }>;
  readonly listServices: Send<
    { MaxResults?: number; NextToken?: string },
    { readonly Services?: readonly ServiceOutput[] | undefined; readonly NextToken?: string | undefined }
  >;
  readonly listInstances: Send<
    { ServiceId: string; MaxResults?: number; NextToken?: string },
    { readonly Instances?: readonly InstanceOutput[] | undefined; readonly NextToken?: string | undefined }
  >;
  readonly getInstancesHealthStatus: Send<
    { ServiceId: string; MaxResults?: number; NextToken?: string },
    { readonly Status?: Readonly<Record<string, string>> | undefined; readonly NextToken?: string | undefined }
  >;
}
