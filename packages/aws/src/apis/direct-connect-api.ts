import type { Send } from './send.js';

/**
 * The real output has more members. `authKey` and `customerRouterConfig` are secrets, so such a response is
 * never stored.
 */
export interface VirtualInterfaceOutput {
  readonly virtualInterfaceId?: string | undefined;
  readonly virtualInterfaceState?: string | undefined;
  readonly virtualGatewayId?: string | undefined;
  readonly directConnectGatewayId?: string | undefined;
  readonly bgpPeers?: readonly { readonly bgpStatus?: string | undefined }[] | undefined;
}

/**
 * A Direct Connect gateway with a virtual private gateway, as far as it is read.
 * @see https://docs.aws.amazon.com/directconnect/latest/APIReference/API_DirectConnectGatewayAssociation.html
 */
export interface DirectConnectAssociationOutput {
  readonly directConnectGatewayId?: string | undefined;
  readonly associationState?: string | undefined;
  readonly associatedGateway?: { readonly id?: string | undefined } | undefined;
}

/** The part of AWS Direct Connect that is used here. The SDK's `DirectConnect` satisfies it. */
export interface DirectConnectApi {
  readonly describeVirtualInterfaces: Send<
    { maxResults?: number; nextToken?: string },
    {
      readonly virtualInterfaces?: readonly VirtualInterfaceOutput[] | undefined;
      readonly nextToken?: string | undefined;
    }
  >;
  /** At least one of the gateways has to be named. */
  readonly describeDirectConnectGatewayAssociations: Send<
    { associatedGatewayId: string; maxResults?: number; nextToken?: string },
    {
      readonly directConnectGatewayAssociations?: readonly DirectConnectAssociationOutput[] | undefined;
      readonly nextToken?: string | undefined;
    }
  >;
}
