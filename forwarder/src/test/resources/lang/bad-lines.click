#line 999999999


-> x;
# 0 ""
-> y;
#line 4 "unfinished
-> z;