/** What the scripts of others put into the window. */
declare const uPlot: any;
declare const cytoscape: any;
declare const htmx: any;
