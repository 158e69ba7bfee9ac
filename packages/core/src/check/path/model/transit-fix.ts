/** The change after which a transit gateway carries the calls. */
export type TransitFix =
  | { readonly is: 'use another gateway' }
  | { readonly is: 'attach'; readonly network: string; readonly gateway: string }
  | {
      readonly is: 'make available';
      readonly attachment: string;
      /** Of the sender's side: what it connects. */
      readonly connects?: { readonly network: string; readonly gateway: string } | undefined;
    }
  | {
      readonly is: 'add subnet';
      readonly network: string;
      readonly zone: string;
      readonly attachment: string;
      readonly gateway: string;
    }
  | { readonly is: 'associate'; readonly attachment: string; readonly gateway: string }
  | { readonly is: 'add route'; readonly block: string; readonly table: string }
  | { readonly is: 'change route'; readonly route: string; readonly table: string };
