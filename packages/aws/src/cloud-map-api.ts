import type { Send } from './api-gateway-api.js';

export interface ServiceOutput {
  readonly Id?: string | undefined;
  readonly Arn?: string | undefined;
  readonly Name?: string | undefined;
}

/** The part of AWS Cloud Map that is used here. The SDK's `ServiceDiscovery` satisfies it. */
export interface CloudMapApi {
  readonly getService: Send<{ Id: string }, { readonly Service?: ServiceOutput | undefined }>;
  readonly listServices: Send<
    { MaxResults?: number; NextToken?: string },
    { readonly Services?: readonly ServiceOutput[] | undefined; readonly NextToken?: string | undefined }
  >;
}
