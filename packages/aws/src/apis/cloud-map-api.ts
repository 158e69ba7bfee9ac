import type { Send } from './send.js';

/**
 * A service of Cloud Map, as far as it is read.
 * @see https://docs.aws.amazon.com/cloud-map/latest/api/API_Service.html
 */
export interface ServiceOutput {
  readonly Id?: string | undefined;
  readonly Arn?: string | undefined;
  readonly Name?: string | undefined;
  readonly HealthCheckConfig?: object | undefined;
  readonly HealthCheckCustomConfig?: object | undefined;
}

/**
 * An instance of a service of Cloud Map.
 * @see https://docs.aws.amazon.com/cloud-map/latest/api/API_InstanceSummary.html
 */
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
