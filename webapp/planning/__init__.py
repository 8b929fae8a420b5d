"""The planner's desk: who reaches a service, side by side, chosen on map and charts alike, and on paper."""
