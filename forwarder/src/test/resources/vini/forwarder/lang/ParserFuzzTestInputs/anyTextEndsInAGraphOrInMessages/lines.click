m :: Message(
# 100 "foobar.click"
"test", '$x ) "', "\")\x41");
#line 7
m2 :: Message("test2"); DriverManager(stop)